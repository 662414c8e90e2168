package cli_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"lintel/internal/cli"
)

// scale is a dimension in which an input can grow. A check must take time proportional to n.
type scale struct {
	name  string
	n     int                           // smallest size; large enough to outweigh what every run costs
	files func(n int) map[string]string // input of size n
	args  func(n int) []string          // arguments of the command; nil: check the directory
}

// scales are the dimensions of BenchmarkScale.
func scales() []scale {
	return append(scalesOfStacks(), []scale{
		{name: "functions", n: 400, files: only("template.yaml", func(n int) string {
			return "Resources:\n" + times(n, `  F%[1]d:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.9, Handler: app.handler, Code: {S3Bucket: b, S3Key: k%[1]d}, Role: !GetAtt R%[1]d.Arn}
`) + times(n, role)
		})},
		{name: "functions of one role", n: 400, files: functionsOfOneRole},
		{name: "functions in Terraform", n: 300, files: only("main.tf", func(n int) string {
			return times(n, `resource "aws_lambda_function" "f%[1]d" {
  function_name = "f%[1]d"
  role          = aws_iam_role.r%[1]d.arn
  runtime       = "python3.9"
  handler       = "app.handler"
  filename      = "app.zip"
}
resource "aws_iam_role" "r%[1]d" {
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}
resource "aws_iam_role_policy" "p%[1]d" {
  role   = aws_iam_role.r%[1]d.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
`)
		})},
		{name: "permissions", n: 500, files: only("template.yaml", func(n int) string {
			return "Resources:\n" + fmt.Sprintf(role, 0) + `  F0:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: app.handler, Code: {S3Bucket: b, S3Key: k}, Role: !GetAtt R0.Arn}
` + times(n, `  P%[1]d:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref F0, Action: lambda:InvokeFunction, Principal: s3.amazonaws.com}
`)
		})},
		{name: "statements of a role", n: 1000, files: only("template.yaml", func(n int) string {
			return `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.13, Handler: app.handler, Code: {S3Bucket: b, S3Key: k}, Role: !GetAtt R.Arn}
  R:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]}
      Policies:
        - PolicyName: data
          PolicyDocument:
            Statement:
` + times(n, "              - {Effect: Allow, Action: \"s3:*\", Resource: \"arn:aws:s3:::b%d/*\"}\n")
		})},
		{name: "conditions", n: 500, files: only("template.yaml", func(n int) string {
			return "Parameters:\n" + times(n, "  S%d: {Type: String}\n") + "Conditions:\n" + times(n, "  C%[1]d: !Equals [!Ref S%[1]d, prod]\n") + "Resources:\n" + fmt.Sprintf(role, 0) + times(n, `  F%[1]d:
    Type: AWS::Lambda::Function
    Condition: C%[1]d
    Properties: {Runtime: python3.9, Handler: app.handler, Code: {S3Bucket: b, S3Key: k}, Role: !GetAtt R0.Arn}
`)
		})},
		{name: "environment variables", n: 2000, files: only("template.yaml", func(n int) string {
			return `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/r
      Runtime: python3.13
      Handler: app.handler
      Code: {S3Bucket: b, S3Key: k}
      Environment:
        Variables:
` + times(n, "          DB_PASSWORD_%[1]d: kT9xWq%[1]dzPb2\n")
		})},
		{name: "entries of a mapping", n: 2000, files: only("template.yaml", func(n int) string {
			return "Mappings:\n  M:\n" + times(n, "    k%d: {a: b}\n") + `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      Role: arn:aws:iam::111122223333:role/r
      Runtime: python3.13
      Handler: app.handler
      Code: {S3Bucket: b, S3Key: k}
      Environment:
        Variables:
` + times(n, "          V%[1]d: !FindInMap [M, k%[1]d, a]\n")
		})},
		{name: "suppressions in a template", n: 400, files: only("template.yaml", func(n int) string {
			return "Resources:\n" + times(n, `  # lintel:ignore runtime-deprecated -- replaced next month
  F%[1]d:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.6, Handler: app.handler, Code: {S3Bucket: b, S3Key: k%[1]d}, Role: !GetAtt R0.Arn}
`) + fmt.Sprintf(role, 0)
		})},
		{name: "suppressions in Terraform", n: 400, files: only("main.tf", func(n int) string {
			return times(n, `# lintel:ignore runtime-deprecated -- replaced next month
resource "aws_lambda_function" "f%[1]d" {
  function_name = "f%[1]d"
  role          = "arn:aws:iam::111122223333:role/r"
  runtime       = "python3.6"
  handler       = "app.handler"
  filename      = "app.zip"
}
`)
		})},
		{name: "suppressions in the configuration", n: 500, files: func(n int) map[string]string {
			files := stacks(n)
			files[".lintel.yaml"] = "ignore:\n" + times(n, "  - {paths: [s%d/template.yaml], rules: [runtime-deprecated], reason: replaced next month}\n")
			return files
		}},
		{name: "stacks that export one name, and import it", n: 240, files: across("one-name")},
		{name: "stacks that export a name each, and import it", n: 240, files: across("name-%[1]d")},
		{name: "comments", n: 10_000, files: only("template.yaml", func(n int) string {
			return "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      Handler: app.handler\n      Runtime: python3.9\n      Role: arn:aws:iam::111122223333:role/r\n      Code: {S3Bucket: b, S3Key: k}\n" + times(n, "      # note %d\n")
		})},
		{name: "length of the only line, JSON", n: 400, files: only("template.json", func(n int) string {
			return oneLine(n, "")
		})},
		{name: "length of the only line, YAML", n: 400, files: only("template.yaml", func(n int) string {
			return " " + oneLine(n, "")
		})},
		{name: "length of the only line, text report", n: 400, args: check("--format", "text"), files: only("template.json", func(n int) string {
			return oneLine(n, "")
		})},
		{name: "length of the only line of Terraform", n: 500, args: check("--format", "text"), files: only("main.tf", func(n int) string {
			return "locals { a = [" + times(n, `{ password = "kT9xWq%dzPb2" }, `) + "] }\n" + `resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = "python3.9"
  environment { variables = { ` + times(n, `DB_PASSWORD_%[1]d = "kT9xWq%[1]dzPb2", `) + "} }\n}\n"
		})},
		{name: "templates", n: 500, files: stacks},
		{name: "files of a module", n: 300, files: func(n int) map[string]string {
			files := map[string]string{}
			for i := range n {
				files[fmt.Sprintf("f%d.tf", i)] = fmt.Sprintf(function, i)
			}
			return files
		}},
		{name: "files with values", n: 1000, files: func(n int) map[string]string {
			files := map[string]string{"main.tf": fmt.Sprintf(function, 0)}
			for i := range n {
				files[fmt.Sprintf("v%d.auto.tfvars", i)] = "a = 1\n"
				files[fmt.Sprintf("environments/e%d.tfvars", i)] = "a = 1\n"
			}
			return files
		}},
		{name: "modules", n: 300, files: func(n int) map[string]string {
			files := map[string]string{"main.tf": times(n, "module \"m%[1]d\" {\n  source = \"./m%[1]d\"\n}\n")}
			for i := range n {
				files[fmt.Sprintf("m%d/main.tf", i)] = fmt.Sprintf(function, i)
			}
			return files
		}},
		{name: "calls of a module", n: 150, files: func(n int) map[string]string {
			return map[string]string{
				"main.tf":   times(n, "module \"m%[1]d\" {\n  source = \"./m\"\n}\n"),
				"m/main.tf": fmt.Sprintf(function, 0),
			}
		}},
		{name: "root modules of a module", n: 200, files: func(n int) map[string]string {
			files := map[string]string{"m/main.tf": fmt.Sprintf(function, 0)}
			for i := range n {
				files[fmt.Sprintf("r%d/main.tf", i)] = "module \"m\" {\n  source = \"../m\"\n}\n"
			}
			return files
		}},
		{name: "instances", n: 200, files: only("main.tf", func(n int) string {
			return fmt.Sprintf("resource \"aws_lambda_function\" \"f\" {\n  count = %d\n  function_name = \"f${count.index}\"\n  runtime = \"python3.9\"\n  handler = \"a.b\"\n  filename = \"a.zip\"\n  role = \"r\"\n}\n", n)
		})},
		{name: "instances of a plan beside its files", n: 500, files: func(n int) map[string]string {
			return map[string]string{
				"plan.json": planOf(n, `aws_lambda_function.f%[1]d[\"new\"]`, `{"function_name": "f%[1]d"}`, ""),
				"main.tf":   times(n, function),
			}
		}},
		{name: "values of a plan", n: 4000, files: only("plan.json", func(n int) string {
			return planOf(1, "aws_lambda_function.f%[1]d", `{"environment": [{"variables": {`+times(n, `"K%[1]d": "v", `)+`"K": "v"}}]}, "after_unknown": {"environment": [{"variables": {`+times(n, `"K%[1]d": true, `)+`"K": true}}]}`, "")
		})},
		{name: "references of a plan", n: 2000, files: only("plan.json", func(n int) string {
			return planOf(1, "aws_lambda_function.f%[1]d", `{"function_name": "f"}`, `{"address": "aws_lambda_function.f0", "expressions": {"function_name": {"references": [`+
				times(n, `"aws_sqs_queue.q%[1]d.arn", "aws_sqs_queue.q%[1]d", "var.v%[1]d", `)+`"var.v"]}}}`)
		})},
		{name: "entries of a baseline", n: 500, args: check("--baseline", "baseline.json"), files: func(n int) map[string]string {
			files := stacks(n)
			files["baseline.json"] = "{\n  \"version\": 2,\n  \"findings\": [" + strings.TrimSuffix(times(n, `
    {"fingerprint":"%032x","rule":"runtime-deprecated","unit":"s0/template.yaml","resource":"F","file":"s0/template.yaml","message":"m"},`), ",") + "\n  ]\n}\n"
			return files
		}},
		{name: "findings in SARIF", n: 200, args: check("--format", "sarif"), files: functionsOfOneRole},
		{name: "findings in Markdown", n: 200, args: check("--format", "markdown"), files: functionsOfOneRole},
		{name: "findings in HTML", n: 400, args: check("--format", "html"), files: functionsOfOneRole},
		{name: "statements with IDs", n: 2000, files: only("main.tf", func(n int) string {
			return "data \"aws_iam_policy_document\" \"d\" {\n" + times(n, "  statement {\n    sid       = \"s%[1]d\"\n    actions   = [\"s3:GetObject\"]\n    resources = [\"arn:aws:s3:::b%[1]d/*\"]\n  }\n") +
				"}\nresource \"aws_iam_role_policy\" \"p\" {\n  role   = \"r\"\n  policy = data.aws_iam_policy_document.d.json\n}\n"
		})},
		{name: "blocks of different kinds", n: 8000, files: only("main.tf", func(n int) string {
			return "resource \"aws_lambda_function\" \"f\" {\n" + times(n, "  b%d {\n  }\n") + "}\n"
		})},
		{name: "unsafe fixes in a template", n: 1000, args: check("--fix", "--unsafe-fixes", "--diff"), files: only("template.yaml", func(n int) string {
			return "Resources:\n" + times(n, `  U%[1]d:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: f%[1]d, AuthType: NONE}
`)
		})},
		{name: "fixes in a template", n: 20, args: check("--fix", "--diff"), files: only("template.yaml", func(n int) string {
			return "Resources:\n" + times(n, `  U%[1]d:
    Type: AWS::Lambda::Url
    Properties: {TargetFunctionArn: f%[1]d, AuthType: NONE}
`)
		})},
	}...)
}

// planOf returns a plan that creates n functions with an address and values, and has resources in its configuration.
func planOf(n int, address, values, configuration string) string {
	change := `{"address": "` + address + `", "mode": "managed", "type": "aws_lambda_function", "name": "f", "change": {"actions": ["create"], "after": ` + values + `}}, `
	return `{"format_version": "1.2", "terraform_version": "1.9.0", "planned_values": {}, "resource_changes": [` +
		strings.TrimSuffix(times(n, change), ", ") + `], "configuration": {"root_module": {"resources": [` + configuration + `]}}}`
}

const role = `  R%d:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Service: lambda.amazonaws.com}}]}
      Policies: [{PolicyName: data, PolicyDocument: {Statement: [{Effect: Allow, Action: "s3:*", Resource: "*"}]}}]
`

const function = `resource "aws_lambda_function" "f%[1]d" {
  function_name = "f%[1]d"
  role          = "arn:aws:iam::111122223333:role/r"
  runtime       = "python3.9"
  handler       = "app.handler"
  filename      = "app.zip"
}
`

// times repeats a text with the numbers from 0 to n-1.
func times(n int, format string) string {
	var text strings.Builder
	for i := range n {
		fmt.Fprintf(&text, format, i)
	}
	return text.String()
}

// only returns an input of one file.
func only(name string, text func(n int) string) func(n int) map[string]string {
	return func(n int) map[string]string { return map[string]string{name: text(n)} }
}

// check returns arguments that do not depend on the size.
func check(args ...string) func(int) []string {
	return func(int) []string { return args }
}

// functionsOfOneRole returns a template with n functions.
func functionsOfOneRole(n int) map[string]string {
	return map[string]string{"template.yaml": "Resources:\n" + fmt.Sprintf(role, 0) + times(n, `  F%[1]d:
    Type: AWS::Lambda::Function
    Properties: {Runtime: python3.9, Handler: app.handler, Code: {S3Bucket: b, S3Key: k%[1]d}, Role: !GetAtt R0.Arn}
`)}
}

// stacks returns n templates in directories of their own.
func stacks(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("s%d/template.yaml", i)] = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: python3.6, Handler: app.handler, Code: {S3Bucket: b, S3Key: k}, Role: !GetAtt R0.Arn}\n" + fmt.Sprintf(role, 0)
	}
	return files
}

// oneLine returns a template in JSON with n functions, with a text between them.
func oneLine(n int, between string) string {
	return `{"Resources": {` + times(n, `"F%[1]d": {"Type": "AWS::Lambda::Function", "Properties": {"Runtime": "python3.9", "Handler": "app.handler", "Code": {"S3Bucket": "b", "S3Key": "k%[1]d"}, "Role": {"Fn::GetAtt": ["R", "Arn"]}}}, `+between) +
		`"R": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}}}}}`
}

// writeAll writes an input to a directory.
func writeAll(tb testing.TB, files map[string]string) string {
	tb.Helper()
	dir := tb.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(p), 0o700); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// across returns n stacks with roles that they export under a name, and n with functions that import them.
func across(name string) func(n int) map[string]string {
	return func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			export := strings.ReplaceAll(name, "%[1]d", strconv.Itoa(i))
			files[fmt.Sprintf("e%d/template.yaml", i)] = "Resources:\n" + fmt.Sprintf(role, i) + fmt.Sprintf("Outputs:\n  R:\n    Value: !GetAtt R%d.Arn\n    Export: {Name: %s}\n", i, export)
			files[fmt.Sprintf("i%d/template.yaml", i)] = "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties: {Runtime: python3.13, Handler: app.handler, Code: {ZipFile: x}, Role: !ImportValue " + export + "}\n"
		}
		return files
	}
}

// arguments returns the arguments for an input of size n.
func (s scale) arguments(n int) []string {
	args := []string{"check", "--profile", "all"}
	if s.args == nil {
		return append(args, "--format", "json")
	}
	return append(args, s.args(n)...)
}

// maxRatio is the limit of the work for twice the input, relative to the work for the input. Linear is 2; sorting and
// the growth of slices add some.
const maxRatio = 2.4

// allocated returns the bytes that a check of an input of size n in the working directory allocates.
func (s scale) allocated(t *testing.T, n int) uint64 {
	t.Helper()
	var errs strings.Builder
	var start, end runtime.MemStats
	runtime.ReadMemStats(&start)
	code := cli.Main(s.arguments(n), strings.NewReader(""), io.Discard, &errs)
	runtime.ReadMemStats(&end)
	if code != cli.ExitClean && code != cli.ExitFindings {
		t.Fatalf("n = %d: exit code %d: %s", n, code, errs.String())
	}
	return end.TotalAlloc - start.TotalAlloc
}

// TestScale checks that the memory that a check allocates grows with the input, not with its square. Work that
// allocates nothing is measured by BenchmarkScale.
func TestScale(t *testing.T) {
	for _, s := range scales() {
		t.Run(s.name, func(t *testing.T) {
			var before uint64
			for _, n := range []int{s.n / 8, s.n / 4} { // small, because every check takes them
				t.Chdir(writeAll(t, s.files(n)))
				allocated := s.allocated(t, n)
				if before > 0 && float64(allocated) > maxRatio*float64(before) {
					allocated = min(allocated, s.allocated(t, n)) // a collection may have emptied a pool meanwhile
				}
				if before > 0 && float64(allocated) > maxRatio*float64(before) {
					t.Errorf("%d bytes for %d, %d bytes for %d: the ratio %.2f exceeds %.1f", before, s.n/8, allocated, n, float64(allocated)/float64(before), maxRatio)
				}
				before = allocated
			}
		})
	}
}

// BenchmarkScale measures the CPU time of the program for inputs of n, 2n and 4n. It fails if twice the input takes more
// than maxRatio times the time, less the time that the program needs to start.
func BenchmarkScale(b *testing.B) {
	program := build(b)
	for _, s := range scales() {
		b.Run(strings.ReplaceAll(s.name, " ", "-"), func(b *testing.B) {
			var dirs []string
			for i := range 3 {
				dirs = append(dirs, writeAll(b, s.files(s.n<<i)))
			}
			best := make([]time.Duration, len(dirs))
			for b.Loop() {
				for i, dir := range dirs {
					cmd := exec.CommandContext(b.Context(), program, s.arguments(s.n<<i)...)
					cmd.Dir = dir
					if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() != cli.ExitFindings {
						b.Fatal(err)
					}
					took := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
					if best[i] == 0 || took < best[i] {
						best[i] = took
					}
				}
			}
			b.ReportMetric(0, "ns/op")
			for i, took := range best {
				b.ReportMetric(float64(took.Microseconds())/1000, fmt.Sprintf("ms-%dn", 1<<i))
				if i == 0 {
					continue
				}
				ratio := float64(took-startTime) / float64(best[i-1]-startTime)
				b.ReportMetric(ratio, fmt.Sprintf("%dn/%dn", 1<<i, 1<<(i-1)))
				if ratio > maxRatio {
					b.Errorf("%d takes %v, %d takes %v: the ratio %.2f exceeds %.1f", s.n<<(i-1), best[i-1], s.n<<i, took, ratio, maxRatio)
				}
			}
		})
	}
}

// startTime is the CPU time that the program needs before it reads an input.
const startTime = 8 * time.Millisecond

// build builds the program.
func build(b *testing.B) string {
	b.Helper()
	program := filepath.Join(b.TempDir(), "lintel")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, "lintel/cmd/lintel").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return program
}
