package compare_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"lintel/internal/compare"
	"lintel/internal/finding"
	"lintel/internal/workspace"
)

// repository has the texts that each file of a repository can have; "": it does not exist.
var repository = map[string][]string{
	// Root modules share a module, which calls another one.
	"envs/dev/main.tf": {
		"module \"fn\" {\n  source = \"../../modules/fn\"\n  runtime = \"python3.13\"\n}\n",
		"module \"fn\" {\n  source = \"../../modules/fn\"\n  runtime = \"python3.8\"\n  auth = \"NONE\"\n}\n",
		url("a"), "",
	},
	"envs/prod/main.tf": {
		"variable \"runtime\" {}\nvariable \"auth\" { default = \"NONE\" }\nmodule \"fn\" {\n  source = \"../../modules/fn\"\n  runtime = var.runtime\n  auth = var.auth\n}\n",
		"variable \"runtime\" {}\nmodule \"fn\" {\n  source = \"../../modules/fn\"\n  count = 0\n  runtime = var.runtime\n}\n",
		"",
	},
	"envs/prod/terraform.tfvars": {"runtime = \"nodejs16.x\"\n", "runtime = \"nodejs22.x\"\nauth = \"AWS_IAM\"\n", ""},
	"envs/test/main.tf":          {"", "module \"fn\" {\n  source = \"../dev\"\n}\n", "module \"fn\" {\n  source = \"../../modules/fn\"\n  runtime = \"python3.8\"\n}\n"},
	"modules/fn/main.tf": {
		"variable \"runtime\" {}\nvariable \"auth\" { default = \"AWS_IAM\" }\nresource \"aws_lambda_function\" \"f\" {\n  function_name = \"orders\"\n  runtime = var.runtime\n  handler = \"app.handler\"\n  filename = \"${path.module}/../../code/app.py\"\n  role = module.role.arn\n}\n# lintel:ignore function-url-auth-none -- a demo\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name = aws_lambda_function.f.function_name\n  authorization_type = var.auth\n}\nmodule \"role\" { source = \"../role\" }\n",
		"variable \"runtime\" {}\nvariable \"auth\" { default = \"NONE\" }\nresource \"aws_lambda_function\" \"f\" {\n  function_name = \"orders\"\n  runtime = var.runtime\n  handler = \"app.handler\"\n  filename = \"x.zip\"\n  role = \"arn:aws:iam::111122223333:role/app-role\"\n}\nresource \"aws_lambda_function_url\" \"u\" {\n  function_name = aws_lambda_function.f.function_name\n  authorization_type = var.auth\n}\n",
	},
	"modules/role/main.tf": {
		"resource \"aws_iam_role\" \"r\" {\n  name = \"orders-role\"\n  assume_role_policy = file(\"${path.module}/../../data/trust.json\")\n}\nresource \"aws_iam_role_policy\" \"p\" {\n  role = aws_iam_role.r.id\n  policy = templatefile(\"${path.module}/policy.json.tftpl\", {})\n}\noutput \"arn\" { value = aws_iam_role.r.arn }\n",
		"resource \"aws_iam_role\" \"r\" {\n  assume_role_policy = \"{}\"\n}\noutput \"arn\" { value = aws_iam_role.r.arn }\n", "",
	},
	"modules/role/policy.json.tftpl": {
		`{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]}`,
		`{"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}`, "",
	},
	"data/trust.json": {
		`{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}`,
		`{"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}]}`, "",
	},
	"code/app.py": {"def handler(event, context):\n    return 1\n", "import subprocess\ndef handler(event, context):\n    subprocess.run(event['x'], shell=True)\n", ""},

	// Templates with a nested one, code and a configuration of the SAM CLI.
	"sam/template.yaml": {
		samFunction("python3.13", "src/") + "  Nested:\n    Type: AWS::CloudFormation::Stack\n    Properties: {TemplateURL: nested.yaml}\n",
		samFunction("python3.8", "../code/"), samFunction("python3.13", "src/"), "",
	},
	"sam/nested.yaml":      {cfnURL("AWS_IAM"), cfnURL("NONE"), ""},
	"sam/src/app.py":       {"def handler(event, context):\n    print(event)\n", "import os\ndef handler(event, context):\n    os.system(event['body'])\n", ""},
	"sam/samconfig.toml":   {"", "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"Auth=NONE\"\n"},
	"sam/src/template.yml": {"", cfnURL("NONE")},

	// Stacks that refer to each other.
	"iam/role.yaml": {roleStack("s3:GetObject", "app-role-arn", "app-role"), roleStack("*", "app-role-arn", "app-role"), roleStack("*", "app-role", "other"), ""},
	"iam/copy.yaml": {"", roleStack("*", "app-role-arn", "app-role")},
	"app/app.yaml":  {functionStack("!ImportValue app-role-arn", "billing"), functionStack("arn:aws:iam::111122223333:role/app-role", "invoices"), ""},
	"app/perm.yaml": {
		"Resources:\n  P:\n    Type: AWS::Lambda::Permission\n    Properties: {FunctionName: billing, Action: lambda:InvokeFunction, Principal: '*'}\n", "",
		"Resources:\n  P:\n    Type: AWS::Lambda::Permission\n    Properties: {FunctionName: other, Action: lambda:InvokeFunction, Principal: '*'}\n",
	},
	"pass/on.yaml":  {passing("app-role-arn", "passed-arn"), passing("app-role", "passed-arn"), ""},
	"pass/fn.yaml":  {functionStack("!ImportValue passed-arn", "returns"), ""},
	"pass/two.yaml": {"", passing("passed-arn", "twice-arn")},
	"pass/fn2.yaml": {"", functionStack("!ImportValue twice-arn", "refunds")},
	"one/main.tf":   {"data \"aws_iam_role\" \"r\" { name = \"orders-role\" }\nresource \"aws_lambda_function\" \"g\" {\n  function_name = \"g\"\n  role = data.aws_iam_role.r.arn\n  runtime = \"python3.8\"\n}\n", ""},
	"one/two.tofu":  {"", url("b")},

	// Files that break something, and others.
	"broken/main.tf":      {"", "resource {", url("c")},
	"away/main.tf":        {"module \"m\" { source = \"example/lambda/aws\" }\n", url("d") + "module \"m\" { source = \"example/lambda/aws\" }\n", ""},
	"README.md":           {"# One\n", "# Two\n", ""},
	"main.tf":             {"", url("top")},
	"package.json":        {"{}", `{"name": "x"}`},
	".lintel.yaml":        {"profile: all\n", "profile: all\nskip: [function-url-auth-none]\n"},
	"live/.lintel.yaml":   {"", "profile: all\ngaps: fail\n"},
	"live/terragrunt.hcl": {"inputs = {}\n", "", "inputs = {a = 1}\n"},
}

func samFunction(runtime, code string) string {
	return "Transform: AWS::Serverless-2016-10-31\nParameters:\n  Auth: {Type: String, Default: AWS_IAM}\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Runtime: " + runtime +
		"\n      Handler: app.handler\n      CodeUri: " + code + "\n      FunctionUrlConfig: {AuthType: !Ref Auth}\n"
}

func cfnURL(auth string) string {
	return "Resources:\n  U:\n    Type: AWS::Lambda::Url\n    Properties: {AuthType: " + auth + ", TargetFunctionArn: f}\n"
}

func roleStack(action, export, name string) string {
	return "Resources:\n  Role:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: " + name + "\n      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]}\n" +
		"      Policies: [{PolicyName: p, PolicyDocument: {Statement: [{Effect: Allow, Action: '" + action + "', Resource: '*'}]}}]\nOutputs:\n  Arn: {Value: !GetAtt Role.Arn, Export: {Name: " + export + "}}\n"
}

// passing is a stack that exports what it imports.
func passing(name, export string) string {
	return "Resources:\n  T: {Type: AWS::SNS::Topic}\nOutputs:\n  V: {Value: !ImportValue " + name + ", Export: {Name: " + export + "}}\n"
}

func functionStack(role, name string) string {
	return "Resources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties: {FunctionName: " + name + ", Runtime: python3.13, Handler: index.handler, Code: {ZipFile: x}, Role: " + role + "}\n"
}

// change returns a random repository, and it after a random change.
func change(random *rand.Rand) (before, after map[string]string) {
	before = map[string]string{}
	names := slices.Sorted(maps.Keys(repository))
	for _, name := range names {
		texts := repository[name]
		choice := 0
		if random.IntN(4) == 0 {
			choice = random.IntN(len(texts))
		}
		before[name] = texts[choice]
	}
	after = maps.Clone(before)
	for range 1 + random.IntN(3) {
		name := names[random.IntN(len(names))]
		after[name] = repository[name][random.IntN(len(repository[name]))]
	}
	if random.IntN(5) == 0 { // a directory has another name
		dir := path.Dir(names[random.IntN(len(names))])
		for _, name := range names {
			if rest, is := strings.CutPrefix(name, dir+"/"); is {
				after[dir+"-new/"+rest], after[name] = after[name], ""
			}
		}
	}
	isMissing := func(_, text string) bool { return text == "" }
	maps.DeleteFunc(before, isMissing)
	maps.DeleteFunc(after, isMissing)
	return before, after
}

// differences returns the paths of the files that are not in both trees with one text.
func differences(before, after map[string]string) []string {
	var changed []string
	for name, text := range after {
		if old, ok := before[name]; !ok || old != text {
			changed = append(changed, name)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			changed = append(changed, name)
		}
	}
	slices.Sort(changed)
	return changed
}

// newIn returns the new findings, problems and gaps in a tree. changed are the paths that count as changed.
func newIn(t *testing.T, before, after map[string]string, changed []string) (all []string, unreached int) {
	t.Helper()
	files := tree(after)
	c, err := compare.Open(t.Context(), compare.Options{}, compare.Source{Work: files, Paths: []string{"."}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.Base = &workspace.Base{FS: tree(before), Changed: func(context.Context) ([]string, error) { return slices.Clone(changed), nil }}
	found, _, err := c.New(t.Context(), outcomeWith(t, files, c.Base, workspace.Overrides{Profile: "all"}))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found.Findings {
		if f.Suppressed == nil { // one that is suppressed is no new finding, and is in the report only if it is checked
			all = append(all, fmt.Sprintf("%s %s %v %s %v %v", f.Rule, f.Unit, f.Range, f.Message, f.Identities, f.Instances))
		}
	}
	for _, p := range found.Problems {
		if !p.Known {
			all = append(all, fmt.Sprint("problem ", p.Range, p.Message))
		}
	}
	for _, g := range found.Gaps {
		if !g.Known && g.Cause != finding.GapSkipped {
			all = append(all, fmt.Sprint("gap ", g.Range, g.Cause, g.Message))
		}
	}
	return all, found.Unreached
}

// TestReachedIsEnough compares the findings and the access of the units that a change reaches with those of all units, for
// random changes. LINTEL_CHANGES is the number of them.
func TestReachedIsEnough(t *testing.T) {
	changes := 25
	if n, err := strconv.Atoi(os.Getenv("LINTEL_CHANGES")); err == nil {
		changes = n
	}
	unreached := 0
	for seed := range uint64(changes) {
		before, after := change(rand.New(rand.NewPCG(seed, 1))) //nolint:gosec // the same for each run
		everything := maps.Clone(before)
		maps.Copy(everything, after)
		want, none := newIn(t, before, after, slices.Sorted(maps.Keys(everything)))
		got, left := newIn(t, before, after, differences(before, after))
		unreached += left - none
		want = append(want, textsOf(accessOf(t, before, after, slices.Sorted(maps.Keys(everything))))...)
		got = append(got, textsOf(accessOf(t, before, after, differences(before, after)))...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("change %d of %q:\n%s", seed, differences(before, after), diff)
		}
	}
	if unreached < changes {
		t.Errorf("%d changes did not reach %d units, which are too few", changes, unreached)
	}
}
