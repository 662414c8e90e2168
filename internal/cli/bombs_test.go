package cli_test

import (
	"bytes"
	"cmp"
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"lintel/internal/source"
)

// Flags of "make harden-bombs": the program to run on inputs of the full size, and which of them.
var (
	bombProgram = flag.String("bombs", "", "path of a built lintel; TestBombs runs it on inputs of up to the size limit of a file")
	bombOthers  = flag.Bool("bomb-commands", false, "run the other commands that read templates, too")
	bombOnly    = flag.String("bomb", "", "run only the bombs whose name contains this")
)

// smallBomb is the size of the inputs of a usual test run: deep enough for a stack or memory that grows with the square.
const smallBomb = 32 << 10 // bytes

// bombTime and bombMemory are the limits of a run of the full size: time of the processor and resident memory.
const (
	bombTime   = 2 * time.Second
	bombMemory = 300 << 20

	bombTimeOfOthers = 4 * time.Second // of a command that prints the whole model
)

// bomb is an input that is made to exhaust the stack, the memory or the time of a reader.
type bomb struct {
	name string
	file string                // its name tells which reader reads it
	text func(size int) string // of about size bytes
	fine bool                  // the input is within the limits, so it need not be a problem

	beside string            // main.tf in the same directory; empty: none
	others map[string]string // further files of the directory, by path
}

// isNamed reports whether an output names the directory of the bomb or one of its files.
func (b bomb) isNamed(out string) bool {
	names := append(slices.Collect(maps.Keys(b.others)), b.file)
	return strings.Contains(out, "bomb:") || slices.ContainsFunc(names, func(name string) bool {
		return strings.Contains(out, filepath.Join("bomb", filepath.FromSlash(name)))
	})
}

// neighbour is a template that must be checked whatever stands in the other files.
const neighbour = "Resources:\n  Url:\n    Type: AWS::Lambda::Url\n    Properties: {AuthType: NONE, TargetFunctionArn: f}\n"

// TestBombs checks that no input ends the program, that the input is named in a problem, and that the other files are
// checked. With -bombs, it also measures time and memory.
func TestBombs(t *testing.T) {
	size := smallBomb
	if *bombProgram != "" {
		size = source.MaxFileBytes - 4<<10
	}
	var figures []figure
	for _, b := range slices.Concat(hclBombs(), hclMemoryBombs(), jsonBombs(), yamlBombs(), templateBombs(), planBombs(), codeBombs(), namedBombs(), otherBombs()) {
		if !strings.Contains(b.name, *bombOnly) {
			continue
		}
		t.Run(b.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, filepath.Join(dir, "bomb", b.file), b.text(size))
			if b.beside != "" {
				write(t, filepath.Join(dir, "bomb", "main.tf"), b.beside)
			}
			for name, text := range b.others { // any order: different files
				write(t, filepath.Join(dir, "bomb", name), text)
			}
			write(t, filepath.Join(dir, "neighbour", "template.yaml"), neighbour)
			f, out := explode(t, dir, "check", "--color", "never", ".")
			f.name = b.name
			figures = append(figures, f)
			switch {
			case f.exit != 2 && (!b.fine || f.exit > 1):
				t.Errorf("exit code %d, want 2\n%.2000s", f.exit, out)
			case f.exit == 2 && !b.isNamed(out):
				t.Errorf("no problem names %s\n%.2000s", b.file, out)
			case b.file != ".lintel.yaml" && !strings.Contains(out, "function-url-auth-none"): // a faulty configuration ends a run
				t.Errorf("the other file is not checked\n%.2000s", out)
			}
			if *bombProgram != "" && (f.cpu > bombTime || f.memory > bombMemory) {
				t.Errorf("%s and %d MiB exceed the limits", f.cpu, f.memory>>20)
			}
			if *bombOthers {
				figures = append(figures, explodeOthers(t, dir, b.name)...)
			}
		})
	}
	slices.SortFunc(figures, func(a, b figure) int { return cmp.Compare(b.cpu, a.cpu) })
	for _, f := range figures {
		t.Logf("%6d ms %5d MiB exit %d  %s", f.cpu.Milliseconds(), f.memory>>20, f.exit, f.name)
	}
}

// explodeOthers runs the other commands that read templates, which must end without a crash. They print more than a check: access
// and model the values themselves, with secrets masked.
func explodeOthers(t *testing.T, dir, name string) []figure {
	t.Helper()
	var figures []figure
	for _, args := range [][]string{
		{"access", "."},
		{"model", "."},
		{"policy", "."},
		{"migrate", "."},
		{"check", "--fix", "--unsafe-fixes", "--diff", "."},
		{"check", "--profile", "all", "--format", "sarif", "."},
		{"baseline"},
		{"init", "--yes", "."},
	} {
		f, out := explode(t, dir, args...)
		f.name = strings.Join(args, " ") + " " + name
		figures = append(figures, f)
		if f.exit < 0 || f.exit > 2 || strings.Contains(out, "goroutine ") || strings.Contains(out, "internal error") {
			t.Errorf("%v: exit code %d\n%.2000s", args, f.exit, out)
		}
		if *bombProgram != "" && f.cpu > bombTimeOfOthers {
			t.Errorf("%v: %s exceed the limit", args, f.cpu)
		}
	}
	return figures
}

// figure is what a run has used.
type figure struct {
	name   string
	cpu    time.Duration
	memory int64 // bytes
	exit   int
}

// explode runs the program with arguments in a directory and returns its output.
func explode(t *testing.T, dir string, args ...string) (figure, string) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	program := cmp.Or(*bombProgram, "lintel") // testscript has put this test in the path under the name
	run := exec.CommandContext(ctx, program, args...)
	run.Dir = dir
	var out bytes.Buffer
	run.Stdout, run.Stderr = &out, &out
	_ = run.Run() // the exit code tells
	if run.ProcessState == nil {
		t.Fatalf("%s did not start", program)
	}
	f := figure{cpu: run.ProcessState.UserTime() + run.ProcessState.SystemTime(), exit: run.ProcessState.ExitCode()}
	if usage, ok := run.ProcessState.SysUsage().(*syscall.Rusage); ok {
		f.memory = usage.Maxrss << 10
	}
	return f, out.String()
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// nested repeats open and close around core until both take size bytes.
func nested(size int, open, core, closing string) string {
	n := max(1, size/(len(open)+len(closing)))
	return strings.Repeat(open, n) + core + strings.Repeat(closing, n)
}

// local is a configuration whose function uses an expression.
func local(expr string) string {
	return "resource \"aws_lambda_function\" \"f\" {\n  function_name = local.x\n}\nlocals {\n  x = " + expr + "\n}\n"
}

// hclBombs nest every construct of HCL.
func hclBombs() []bomb {
	around := func(name, open, core, closing string) bomb {
		return bomb{name: "hcl " + name, file: "main.tf", text: func(size int) string { return local(nested(size, open, core, closing)) }}
	}
	whole := func(name, open, core, closing string) bomb { //nolint:unparam // all of these have the same parameters
		return bomb{name: "hcl " + name, file: "main.tf", text: func(size int) string { return nested(size, open, core, closing) }}
	}
	heredoc := func(name, open, core, closing string) bomb { //nolint:unparam // all of these have the same parameters
		return bomb{name: "hcl " + name, file: "main.tf", text: func(size int) string {
			return local("<<EOT\n" + nested(size, open, core, closing) + "\nEOT")
		}}
	}
	within := func(b bomb) bomb {
		b.fine = true
		return b
	}
	return []bomb{
		around("parentheses", "(", "1", ")"),
		around("parentheses never closed", "(", "1", ""),
		around("lists", "[", "", "]"),
		around("lists never closed", "[", "", ""),
		around("objects", "{a=", "1", "}"),
		around("objects over lines", "{\na=", "1", "\n}"),
		around("objects with computed keys", "{(", "1", ")=1}"),
		around("conditionals on the right", "true?1:", "1", ""),
		around("conditionals in the middle", "true?", "1", ":1"),
		around("conditionals on the left", "(", "true", "?true:false)"),
		around("not", "!", "true", ""),
		around("minus", "-", "1", ""),
		around("minus and lines in parentheses", "(\n-", "1", "\n)"),
		around("binary chain", "1+", "1", ""),
		around("binary chain of and", "true&&", "true", ""),
		around("binary chain of references", "local.y+", "1", ""),
		around("binary chain over lines", "(", "1", "\n+1)"),
		{name: "hcl binary chain in brackets over lines", file: "main.tf", text: func(size int) string {
			return local("(1\n" + strings.Repeat("+1\n", size/3) + ")")
		}},
		{name: "hcl not over lines in brackets", file: "main.tf", text: func(size int) string {
			return local("[\n" + strings.Repeat("!\n", size/2) + "true]")
		}},
		{name: "hcl not between comments", file: "main.tf", text: func(size int) string {
			return local(strings.Repeat("!/*,*/", size/6) + "true")
		}},
		{name: "hcl minus with commas in comments in braces", file: "main.tf", text: func(size int) string {
			return local("{a = " + strings.Repeat("-/*\n*/", size/6) + "1}")
		}},
		{name: "hcl conditionals with closing brackets in comments", file: "main.tf", text: func(size int) string {
			return local(strings.Repeat("true?1:/*(,)*/", size/14) + "1")
		}},
		{name: "hcl parentheses with closing ones in comments", file: "main.tf", text: func(size int) string {
			return local(strings.Repeat("(/*)*/", size/6) + "1")
		}},
		{name: "hcl parentheses with closing ones in strings", file: "main.tf", text: func(size int) string {
			return local(strings.Repeat("[\")\",", size/5) + "1")
		}},
		around("templates", "\"${", "1", "}\""),
		around("templates with text", "\"a${", "1", "}b\""),
		around("templates never closed", "\"${", "1", ""),
		heredoc("directives if", "%{if true}", "x", "%{endif}"),
		heredoc("directives else", "%{if true}%{else}", "x", "%{endif}"),
		heredoc("directives for", "%{for a in [1]}", "x", "%{endfor}"),
		heredoc("directives never closed", "%{if true}", "x", ""),
		within(heredoc("interpolations", "${1}", "x", "")),
		heredoc("nested interpolations", "${\"", "x", "\"}"),
		around("heredocs", "<<A\n${", "1", "}\nA\n"),
		around("for", "[for a in [1]:", "1", "]"),
		around("for in its collection", "[for a in", "[1]", ":1]"),
		around("for objects", "{for a in [1]:a=>", "1", "}"),
		around("calls", "abs(", "1", ")"),
		around("calls of unknown functions", "f(", "1", ")"),
		within(around("attributes", "", "local", ".a")),
		around("calls of provider functions", "provider::a::b(", "1", ")"),
		around("indices", "local.y[", "0", "]"),
		around("indices one after another", "", "local.y", "[0]"),
		around("computed indices one after another", "", "local.y", "[local.a]"),
		around("attribute splats", "", "local.y", ".*"),
		around("full splats", "", "local.y", "[*]"),
		around("full splats with attributes", "", "local.y", "[*].a"),
		around("legacy indices", "", "local.y", ".0"),
		around("expansion of arguments", "max(", "[1]", "...)"),
		whole("blocks", "a {\n", "", "}\n"),
		whole("blocks on one line", "a {", "", "}"),
		whole("blocks never closed", "a {\n", "", ""),
		within(whole("blocks side by side", "a {\n}\n", "", "")),
		whole("blocks of locals", "locals {\n", "", "}\n"),
		whole("closing brackets", "}", "", ""),
		whole("quotes", "\"", "", ""),
		whole("backslashes", "\\", "", ""),
		{name: "hcl dynamic blocks", file: "main.tf", text: func(size int) string {
			return "resource \"aws_lambda_function\" \"f\" {\n" + nested(size, "dynamic \"a\" {\nfor_each=[1]\ncontent {\n", "", "}\n}\n") + "}\n"
		}},
		{name: "hcl type constraints", file: "main.tf", text: func(size int) string {
			return "variable \"v\" {\ntype = " + nested(size, "list(", "string", ")") + "\n}\n" + local("var.v")
		}},
		{name: "hcl type constraints of objects", file: "main.tf", text: func(size int) string {
			return "variable \"v\" {\ntype = " + nested(size, "object({a=", "string", "})") + "\n}\n" + local("var.v")
		}},
		{name: "hcl variable files", file: "terraform.tfvars", text: func(size int) string { return "v = " + nested(size, "[", "", "]") + "\n" }, beside: "variable \"v\" {}\n" + local("var.v")},
		{name: "hcl chain of locals", file: "main.tf", text: func(size int) string {
			return lines(size, "locals {\n", "  x<i> = local.x<j>\n", "}\n") + "resource \"aws_lambda_function\" \"f\" {\n  function_name = local.x0\n}\n"
		}, fine: true},
		{name: "hcl chain of locals in calls", file: "main.tf", text: func(size int) string {
			return lines(size, "locals {\n", "  x<i> = upper(local.x<j>)\n", "}\n") + "resource \"aws_lambda_function\" \"f\" {\n  function_name = local.x0\n}\n"
		}, fine: true},
		{name: "hcl chain of conditions in locals", file: "main.tf", text: func(size int) string {
			return lines(size, "locals {\n", "  x<i> = local.x<j> && local.x<j>\n", "}\n") + "resource \"aws_lambda_function\" \"f\" {\n  count = local.x0 ? 1 : 0\n}\n"
		}, fine: true},
		{name: "hcl chain of conditionals in locals", file: "main.tf", text: func(size int) string {
			return lines(size, "locals {\n", "  x<i> = var.c ? local.x<j> : [local.x<j>]\n", "}\n") + "variable \"c\" {}\nresource \"aws_lambda_function\" \"f\" {\n  function_name = local.x0\n}\n"
		}, fine: true},
		{name: "hcl locals that all refer to each other", file: "main.tf", text: func(int) string {
			return "locals {\n" + eachOfOthers("  x<i> = \"<others>\"\n", "${local.x<j>}") + "}\nresource \"aws_lambda_function\" \"f\" {\n  function_name = local.x0\n}\n"
		}},
		{name: "hcl policy documents that all refer to each other", file: "main.tf", text: func(int) string {
			return eachOfOthers("data \"aws_iam_policy_document\" \"x<i>\" {\n  source_policy_documents = [<others>]\n}\n", "data.aws_iam_policy_document.x<j>.json, ") +
				"resource \"aws_iam_role_policy\" \"p\" {\n  role = \"r\"\n  policy = data.aws_iam_policy_document.x0.json\n}\n"
		}},
		{name: "hcl policy documents that contain the next twice", file: "main.tf", text: func(int) string {
			return lines(2<<10, "", "data \"aws_iam_policy_document\" \"x<i>\" {\n  source_policy_documents = [data.aws_iam_policy_document.x<j>.json, data.aws_iam_policy_document.x<j>.json]\n}\n", "") +
				"resource \"aws_iam_role_policy\" \"p\" {\n  role = \"r\"\n  policy = data.aws_iam_policy_document.x0.json\n}\n"
		}, fine: true},
		{name: "hcl cycle of locals", file: "main.tf", text: func(size int) string {
			return lines(size, "locals {\n  x = local.x0\n", "  x<i> = [local.x<j>, local.x]\n", "}\n") + "resource \"aws_lambda_function\" \"f\" {\n  function_name = local.x0\n}\n"
		}, fine: true},
	}
}

// eachOfOthers repeats a text a dozen times. It may contain its number as <i> and, as <others>, a text for the number <j> of each
// other one.
func eachOfOthers(text, other string) string {
	const n = 12
	var b strings.Builder
	for i := range n {
		var others strings.Builder
		for j := range n {
			if j != i {
				others.WriteString(strings.ReplaceAll(other, "<j>", strconv.Itoa(j)))
			}
		}
		b.WriteString(strings.NewReplacer("<i>", strconv.Itoa(i), "<others>", others.String()).Replace(text))
	}
	return b.String()
}

// lines repeats a line, which may contain its number as <i> and the next one as <j>, until they take size bytes.
func lines(size int, before, line, after string) string {
	var b strings.Builder
	b.WriteString(before)
	for i := 0; b.Len() < size; i++ {
		b.WriteString(filled(line, i))
	}
	b.WriteString(after)
	return b.String()
}

// numbered repeats a line of lines n times.
func numbered(n int, before, line, after string) string {
	var b strings.Builder
	b.WriteString(before)
	for i := range n {
		b.WriteString(filled(line, i))
	}
	b.WriteString(after)
	return b.String()
}

func filled(line string, i int) string {
	return strings.NewReplacer("<i>", strconv.Itoa(i), "<j>", strconv.Itoa(i+1)).Replace(line)
}

// hclMemoryBombs are short texts whose value is large.
func hclMemoryBombs() []bomb {
	value := func(name, locals, expr string) bomb {
		return bomb{name: "hcl memory " + name, file: "main.tf", text: func(int) string {
			return "resource \"aws_lambda_function\" \"f\" {\n  function_name = " + expr + "\n  description = jsonencode(" + expr + ")\n}\nlocals {\n" + locals + "}\n"
		}, fine: true}
	}
	doubled := func(name, start, line string) bomb {
		return value(name, numbered(40, "  x40 = "+start+"\n", line, ""), "local.x0")
	}
	return []bomb{
		doubled("strings", `"aaaaaaaa"`, "  x<i> = \"${local.x<j>}${local.x<j>}\"\n"),
		doubled("lists", `["a"]`, "  x<i> = [local.x<j>, local.x<j>]\n"),
		doubled("objects", `{a="a"}`, "  x<i> = {a=local.x<j>, b=local.x<j>}\n"),
		doubled("concat", `["a"]`, "  x<i> = concat(local.x<j>, local.x<j>)\n"),
		doubled("join", `"aaaaaaaa"`, "  x<i> = join(local.x<j>, [local.x<j>, local.x<j>])\n"),
		doubled("format", `"aaaaaaaa"`, "  x<i> = format(\"%s%s\", local.x<j>, local.x<j>)\n"),
		doubled("replace", `"aaaaaaaa"`, "  x<i> = replace(local.x<j>, \"a\", local.x<j>)\n"),
		doubled("regex replace", `"aaaaaaaa"`, "  x<i> = replace(local.x<j>, \"/./\", local.x<j>)\n"),
		doubled("jsonencode", `["\""]`, "  x<i> = jsonencode([local.x<j>, local.x<j>])\n"),
		doubled("yamlencode", `["\""]`, "  x<i> = yamlencode([local.x<j>, local.x<j>])\n"),
		doubled("setproduct", `["a","b"]`, "  x<i> = [for p in setproduct(local.x<j>, local.x<j>): join(\"\", p)]\n"),
		doubled("for", `["a"]`, "  x<i> = flatten([for a in [1,2]: local.x<j>])\n"),
		doubled("maps", `{"a"="a"}`, "  x<i> = merge(local.x<j>, {for k, v in local.x<j>: \"${k}<i>\" => v})\n"),
		doubled("urlencode", `"%"`, "  x<i> = urlencode(local.x<j>)\n"),
		doubled("base64", `"aaaa"`, "  x<i> = base64encode(\"${local.x<j>}${local.x<j>}\")\n"),
		doubled("indent", `"a\n\n\n\n\n\n\n\n"`, "  x<i> = indent(100, local.x<j>)\n"),
		doubled("format lists", `["a","b"]`, "  x<i> = formatlist(\"%s%s\", local.x<j>, join(\"\", local.x<j>))\n"),
		doubled("numbers", `9`, "  x<i> = local.x<j> * local.x<j>\n"),
		value("format width", "", `format("%999999999s", "a")`),
		value("format precision", "", `format("%.999999999f", 1.5)`),
		value("format star", "", `format("%*s", 999999999, "a")`),
		value("range", "", `range(100000000)`),
		value("range of a small step", "", `range(0, 1, 0.000000001)`),
		value("setproduct", "  r = range(1000)\n", `setproduct(local.r, local.r, local.r)`),
		value("nested for", "  r = range(1000)\n", `[for a in local.r: [for b in local.r: [for c in local.r: a]]]`),
		value("join of for", "  r = range(1000)\n", `join("", [for a in local.r: join("", [for b in local.r: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])])`),
		value("pow", "", `pow(10, 100000000)`),
		value("number with a large exponent", "", `1e999999999 + 1`),
		value("literal with a large exponent", "", `"${1e999999999}"`),
		value("strings of numbers", "", `format("%d", 1e99999999)`),
		value("gzip", "", `base64gzip(join("", [for a in range(1000): join("", [for b in range(1000): "aaaaaaaaaaaaaaaaaaaaaaaaa"])]))`),
		value("regex", "", `regexall("", join("", [for a in range(100000): "aaaaaaaaaa"]))`),
		value("regex with large repetition", "", `regexall("((((a{1,30}){1,30})", "aaaa")`),
		value("split", "", `split("", join("", [for a in range(100000): "aaaaaaaaaa"]))`),
		value("chunklist", "", `chunklist(range(1000000), 1)`),
		value("cidrsubnets", "", `[for i in range(100000): cidrsubnet("10.0.0.0/8", 16, i)]`),
		value("bcrypt", "", `[for a in range(1000): bcrypt("a", 20)]`),
		value("sha512", "", `[for a in range(100000): sha512(join("", range(1000)))]`),
		value("timestamps", "", `[for a in range(200000): formatdate("EEEE", "2018-01-02T23:12:01Z")]`),
		value("matches", "", `replace(join("", [for a in range(1000): "aaaaaaaaaaaaa"]), "/(a*)*b/", "x")`),
		value("counts", "", `jsonencode({for a in range(100000): "k${a}" => range(100)})`),
		{name: "hcl memory instances", file: "main.tf", text: func(int) string {
			return "resource \"aws_lambda_function\" \"f\" {\n  count = 1000000000\n  function_name = \"f\"\n}\n"
		}, fine: true},
		{name: "hcl memory instances of instances", file: "main.tf", text: func(int) string {
			return numbered(1000, "", "resource \"aws_lambda_function\" \"f<i>\" {\n  for_each = toset([for a in range(1000): tostring(a)])\n  function_name = \"f<i>\"\n}\n", "")
		}, fine: true},
		{name: "hcl memory resources", file: "main.tf", text: func(size int) string {
			return lines(size, "", "resource \"aws_lambda_function\" \"f<i>\" {\n  function_name = \"f<i>\"\n}\n", "")
		}, fine: true},
		{name: "hcl memory small values", file: "main.tf", text: func(size int) string {
			return local("[" + strings.Repeat("1,", size/2) + "]")
		}, fine: true},
		{name: "hcl memory small objects", file: "main.tf", text: func(size int) string {
			return local("[" + strings.Repeat("{},", size/3) + "]")
		}, fine: true},
		{name: "hcl memory attributes", file: "main.tf", text: func(size int) string {
			return lines(size, "locals {\n", "a<i>=1\n", "}\n")
		}, fine: true},
	}
}

// jsonBombs nest the constructs of JSON in every reader of it.
func jsonBombs() []bomb {
	var all []bomb
	for _, reader := range []struct{ name, file, before, after string }{
		{"terraform", "main.tf.json", `{"resource":{"aws_lambda_function":{"f":{"function_name":`, `}}}}`},
		{"cloudformation", "template.json", `{"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":`, `}}}}`},
		{"plan", "plan.json", `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{"resources":[{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","provider_name":"registry.terraform.io/hashicorp/aws","values":{"function_name":`, `}}]}},"configuration":{}}`},
	} {
		add := func(name, open, core, closing string) { //nolint:unparam // all of these have the same parameters
			all = append(all, bomb{name: reader.name + " json " + name, file: reader.file, text: func(size int) string {
				return reader.before + nested(size, open, core, closing) + reader.after
			}})
		}
		add("lists", "[", "1", "]")
		add("lists never closed", "[", "1", "")
		add("objects", `{"a":`, "1", "}")
		add("objects never closed", `{"a":`, "1", "")
		add("templates", `"${`, "1", `}"`)
		all = append(all, bomb{name: reader.name + " json small values", file: reader.file, fine: true, text: func(size int) string {
			return reader.before + "[" + strings.Repeat("1,", size/2) + "1]" + reader.after
		}}, bomb{name: reader.name + " json keys", file: reader.file, fine: true, text: func(size int) string {
			return reader.before + lines(size, "{", `"<i>":<i>,`, `"a":1}`) + reader.after
		}}, bomb{name: reader.name + " json many not", file: reader.file, fine: true, text: func(size int) string {
			return reader.before + `"${` + strings.Repeat("!", size) + `true}"` + reader.after
		}}, bomb{name: reader.name + " json policy", file: reader.file, fine: true, text: func(size int) string {
			return reader.before + `"` + nested(size, "[", "1", "]") + `"` + reader.after
		}})
	}
	return all
}

// resource is a template with a value for a property of a function.
func resource(value string) string {
	return "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      FunctionName: " + value + "\n"
}

// yamlBombs nest the constructs of YAML.
func yamlBombs() []bomb {
	around := func(name, open, core, closing string) bomb {
		return bomb{name: "yaml " + name, file: "template.yaml", text: func(size int) string { return resource(nested(size, open, core, closing)) }}
	}
	indented := func(name, line string) bomb {
		return bomb{name: "yaml " + name, file: "template.yaml", text: func(size int) string {
			var b strings.Builder
			b.WriteString(resource("f") + "      Environment:\n")
			for indent := 8; b.Len() < size; indent++ {
				b.WriteString(strings.Repeat(" ", indent) + line + "\n")
			}
			return b.String()
		}}
	}
	return []bomb{
		around("flow lists", "[", "1", "]"),
		around("flow lists never closed", "[", "1", ""),
		around("flow mappings", "{a: ", "1", "}"),
		around("flow complex keys", "{? ", "1", "}"),
		around("flow keys", "{", "a: 1", ": 1}"),
		around("flow lists as keys", "[", "a", "]: "),
		around("block lists on one line", "- ", "1", ""),
		{name: "yaml block lists on one line below a key", file: "template.yaml", text: func(size int) string {
			return resource("\n        " + strings.Repeat("- ", size/2) + "1")
		}},
		{name: "yaml complex keys on one line", file: "template.yaml", text: func(size int) string {
			return resource("\n        " + strings.Repeat("? ", size/2) + "1")
		}},
		{name: "yaml values on one line", file: "template.yaml", text: func(size int) string {
			return resource("\n        " + strings.Repeat("? - ", size/4) + "1")
		}},
		indented("block mappings", "a:"),
		indented("block lists", "-"),
		indented("block complex keys", "?"),
		around("tags", "!Sub ", "a", ""),
		around("tagged lists", "!Sub [", "a", "]"),
		around("anchors", "&a ", "a", ""),
		around("quotes", "\"", "", ""),
		around("brackets never opened", "]", "", ""),
		{name: "yaml anchors side by side", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("f") + lines(size, "Metadata:\n", "  a<i>: &a<i> {}\n", "")
		}},
		{name: "yaml billion laughs", file: "template.yaml", text: func(int) string {
			return "Metadata:\n  a0: &a0 [a]\n" + numbered(40, "", "  a<j>: &a<j> [*a<i>, *a<i>, *a<i>, *a<i>, *a<i>]\n", "") + resource("*a40")
		}},
		{name: "yaml billion merges", file: "template.yaml", text: func(int) string {
			return "Metadata:\n  a0: &a0 {a: b}\n" + numbered(40, "", "  a<j>: &a<j> {<<: [*a<i>, *a<i>, *a<i>], b<i>: *a<i>}\n", "") + resource("*a40")
		}},
		{name: "yaml long text in many aliases", file: "template.yaml", fine: true, text: func(size int) string {
			return "Metadata:\n  a: &a \"" + strings.Repeat("a", size/2) + "\"\n" + resource("!Join ['', ["+strings.Repeat("*a , ", size/10)+" a]]")
		}},
		{name: "yaml alias of itself", file: "template.yaml", text: func(int) string { return resource("&a [*a]") }},
		{name: "yaml many documents", file: "template.yaml", fine: true, text: func(size int) string { return resource("f") + strings.Repeat("---\na\n", size/6) }},
		{name: "yaml many keys", file: "template.yaml", fine: true, text: func(size int) string { return lines(size, resource("f")+"Metadata:\n", "  a<i>: b\n", "") }},
		{name: "yaml many equal keys", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("f") + "Metadata:\n" + strings.Repeat("  a: b\n", size/7)
		}},
		{name: "yaml many long keys", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("f") + "Metadata:\n  {" + strings.Repeat("? a, ", size/5) + "}\n"
		}},
		{name: "yaml question marks in flow", file: "template.yaml", text: func(size int) string { return resource("[" + strings.Repeat("? ", size/2) + "]") }},
		{name: "yaml colons in flow", file: "template.yaml", fine: true, text: func(size int) string { return resource("{" + strings.Repeat(": ", size/2) + "}") }},
		{name: "yaml commas in flow", file: "template.yaml", fine: true, text: func(size int) string { return resource("[" + strings.Repeat("a,", size/2) + "]") }},
		{name: "yaml comments", file: "template.yaml", fine: true, text: func(size int) string { return strings.Repeat("# a\n", size/4) + resource("f") }},
		{name: "yaml ignore comments", file: "template.yaml", fine: true, text: func(size int) string {
			return strings.Repeat("# lintel:ignore a -- b\n", size/23) + resource("f")
		}},
		{name: "yaml long line", file: "template.yaml", fine: true, text: func(size int) string { return resource("\"" + strings.Repeat("a ", size/2) + "\"") }},
	}
}

// templateBombs nest the functions of CloudFormation.
func templateBombs() []bomb {
	around := func(name, open, core, closing string) bomb { //nolint:unparam // all of these have the same parameters
		return bomb{name: "template " + name, file: "template.json", text: func(size int) string {
			return `{"Parameters":{"P":{"Type":"String"}},"Conditions":{"C":{"Fn::Equals":[{"Ref":"P"},"a"]}},"Resources":{"F":{"Type":"AWS::Lambda::Function","Properties":{"FunctionName":` +
				nested(size, open, core, closing) + `}}}}`
		}}
	}
	condition := func(name, open, core, closing string) bomb { //nolint:unparam // all of these have the same parameters
		return bomb{name: "template conditions " + name, file: "template.json", text: func(size int) string {
			return `{"Parameters":{"P":{"Type":"String"}},"Conditions":{"C":` + nested(size, open, core, closing) +
				`},"Resources":{"F":{"Type":"AWS::Lambda::Function","Condition":"C","Properties":{"FunctionName":"f"}}}}`
		}}
	}
	chain := func(name, line, rest string) bomb {
		return bomb{name: "template " + name, file: "template.yaml", fine: true, text: func(size int) string {
			return lines(size, "Conditions:\n", line, "  Z: !Equals [!Ref P, a]\n") + "Parameters:\n  P: {Type: String}\n" + rest
		}}
	}
	conditional := "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Condition: C0\n    Properties: {FunctionName: f}\n"
	const equals = `{"Fn::Equals":[{"Ref":"P"},"a"]}`
	return []bomb{
		around("If on the left", `{"Fn::If":["C",`, `"a"`, `,"b"]}`),
		around("If on the right", `{"Fn::If":["C","b",`, `"a"`, `]}`),
		around("Sub", `{"Fn::Sub":["${a}",{"a":`, `"a"`, `}]}`),
		around("Join", `{"Fn::Join":["",["a",`, `"a"`, `]]}`),
		around("Select", `{"Fn::Select":[0,[`, `"a"`, `]]}`),
		around("Split", `{"Fn::Split":["a",`, `"a"`, `]}`),
		around("Base64", `{"Fn::Base64":`, `"a"`, `}`),
		around("ToJsonString", `{"Fn::ToJsonString":{"a":`, `"a"`, `}}`),
		around("FindInMap", `{"Fn::FindInMap":["M","a",`, `"a"`, `]}`),
		condition("And", `{"Fn::And":[`+equals+`,`, equals, `]}`),
		condition("Or", `{"Fn::Or":[`+equals+`,`, equals, `]}`),
		condition("Not", `{"Fn::Not":[`, equals, `]}`),
		condition("Equals", `{"Fn::Equals":["a",`, `"a"`, `]}`),
		chain("conditions chained by And", "  C<i>: !And [Condition: C<j>, Condition: C<j>]\n", conditional),
		chain("conditions chained by Or", "  C<i>: !Or [Condition: C<j>, !Not [Condition: C<j>]]\n", conditional),
		chain("conditions chained by Equals", "  C<i>: !Equals [!If [C<j>, a, b], !If [C<j>, b, c]]\n", conditional),
		{name: "template short conditions chained by And", file: "template.yaml", fine: true, text: func(int) string {
			return numbered(40, "Parameters:\n  P: {Type: String}\nConditions:\n  C40: !Equals [!Ref P, a]\n", "  C<i>: !And [Condition: C<j>, Condition: C<j>]\n", conditional)
		}},
		{name: "template short conditions chained by independent ones", file: "template.yaml", fine: true, text: func(int) string {
			return numbered(40, "Parameters:\n"+numbered(41, "", "  P<i>: {Type: String}\n", "")+"Conditions:\n  C40: !Equals [!Ref P40, a]\n",
				"  C<i>: !Or [!And [Condition: C<j>, !Equals [!Ref P<i>, a]], !And [!Not [Condition: C<j>], !Not [!Equals [!Ref P<i>, a]]]]\n", conditional)
		}},
		{name: "template short conditions in values", file: "template.yaml", fine: true, text: func(int) string {
			var sum strings.Builder
			for i := range 40 {
				fmt.Fprintf(&sum, "!If [C%d, a, b], ", i)
			}
			return numbered(40, "Parameters:\n"+numbered(41, "", "  P<i>: {Type: String}\n", "")+"Conditions:\n", "  C<i>: !Equals [!Ref P<i>, a]\n", "") +
				resource("!Join ['', ["+sum.String()+"a]]")
		}},
		{name: "template ForEach in ForEach", file: "template.yaml", text: func(int) string {
			text, indent, name := "Transform: AWS::LanguageExtensions\nResources:\n", "  ", ""
			for i := range 8 {
				text += fmt.Sprintf("%[1]sFn::ForEach::L%[2]d:\n%[1]s  - X%[2]d\n%[1]s  - [%[3]s]\n%[1]s  -\n", indent, i, numbered(40, "", "a<i>, ", "b")) //nolint:perfsprint // eight rounds
				indent, name = indent+"    ", name+fmt.Sprintf("${X%d}", i)
			}
			return text + indent + "F" + name + ":\n" + indent + "  Type: AWS::Lambda::Function\n"
		}},
		{name: "template chain of text through parameters", file: "template.yaml", fine: true, text: func(int) string {
			return numbered(30, "Transform: AWS::LanguageExtensions\nMetadata:\n  a0: &a0 aaaaaaaaaaaaaaaa\n", "  a<j>: &a<j> !Join ['', [*a<i> , *a<i> , *a<i> , *a<i> ]]\n", resource("*a30"))
		}},
		{name: "template chain of Sub", file: "template.yaml", fine: true, text: func(int) string {
			return numbered(30, "Metadata:\n  a0: &a0 aaaaaaaaaaaaaaaa\n", "  a<j>: &a<j> !Sub ['${a}${a}${a}${a}', {a: *a<i> }]\n", resource("*a30"))
		}},
		{name: "template chain of ToJsonString", file: "template.yaml", fine: true, text: func(int) string {
			return numbered(30, "Transform: AWS::LanguageExtensions\nMetadata:\n  a0: &a0 '\"'\n", "  a<j>: &a<j> {'Fn::ToJsonString': {a: *a<i> , b: *a<i> }}\n", resource("*a30"))
		}},
		{name: "template Sub of a long text many times", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("!Sub ['" + strings.Repeat("${a}", size/8) + "', {a: '" + strings.Repeat("a", size/2) + "'}]")
		}},
		{name: "template Sub of many parts", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("!Sub '" + strings.Repeat("${AWS::Region}", size/14) + "'")
		}},
		{name: "template Sub never closed", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("!Sub '" + strings.Repeat("${", size/2) + "'")
		}},
		{name: "template Join of a long list", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("!Join ['" + strings.Repeat("a", size/2) + "', [" + strings.Repeat("a,", size/4) + "a]]")
		}},
		{name: "template Split of a long text", file: "template.yaml", fine: true, text: func(size int) string {
			return resource("!Split [',', '" + strings.Repeat("a,", size/2) + "']")
		}},
		{name: "template many resources", file: "template.yaml", fine: true, text: func(size int) string {
			return lines(size, "Resources:\n", "  F<i>:\n    Type: AWS::Lambda::Function\n    Properties: {FunctionName: f<i>}\n", "")
		}},
		{name: "template many functions of SAM", file: "template.yaml", fine: true, text: func(size int) string {
			return lines(size, "Transform: AWS::Serverless-2016-10-31\nResources:\n", "  F<i>:\n    Type: AWS::Serverless::Function\n    Properties: {Handler: f<i>, Runtime: python3.13, CodeUri: ., FunctionUrlConfig: {AuthType: NONE}}\n", "")
		}},
		{name: "template cycle of references", file: "template.yaml", fine: true, text: func(size int) string {
			return lines(size, "Resources:\n", "  F<i>:\n    Type: AWS::Lambda::Function\n    Properties: {FunctionName: !GetAtt F<j>.Arn, Role: !GetAtt F<i>.Arn}\n", "  F: {Type: 'AWS::SNS::Topic'}\n")
		}},
		{name: "template policy", file: "template.json", fine: true, text: func(size int) string {
			return `{"Resources":{"F":{"Type":"AWS::IAM::Policy","Properties":{"PolicyDocument":{"Statement":` + nested(size/2, "[", `{"Effect":"Allow","Action":"*","Resource":"*"}`, "]") + `}}}}}`
		}},
		{name: "template policy of many statements", file: "template.json", fine: true, text: func(size int) string {
			return `{"Resources":{"F":{"Type":"AWS::IAM::Policy","Properties":{"PolicyDocument":{"Statement":[` + strings.Repeat(`{"Effect":"Allow","Action":"*","Resource":"*"},`, size/48) + `{}]}}}}}`
		}},
		{name: "template definition of an API with cyclic references", file: "template.yaml", fine: true, text: func(int) string {
			return "Resources:\n  A:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n        swagger: '2.0'\n        paths:\n          /a: {$ref: '#/paths/~1b'}\n          /b: {$ref: '#/paths/~1a'}\n          /c: &c {get: *c }\n"
		}},
		{name: "template definition of an API with chained references", file: "template.yaml", fine: true, text: func(size int) string {
			return lines(size, "Resources:\n  A:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      Body:\n        swagger: '2.0'\n        paths:\n", "          /a<i>: {$ref: '#/paths/~1a<j>'}\n", "")
		}},
	}
}

// planBombs nest what only plans have.
func planBombs() []bomb {
	plan := func(name, modules, configuration string, fine bool, around func(size int) (string, string)) bomb { //nolint:unparam // all of these have the same parameters
		return bomb{name: "plan " + name, file: "plan.json", fine: fine, text: func(size int) string {
			m, c := around(size)
			return `{"format_version":"1.2","terraform_version":"1.9.0","planned_values":{"root_module":{` + modules + m + `}},"configuration":{"root_module":{` + configuration + c + `}}}`
		}}
	}
	const function = `{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","values":{"function_name":"f"}}`
	return []bomb{
		plan("child modules", "", "", true, func(size int) (string, string) {
			return nested(size, `"child_modules":[{"address":"module.a",`, `"resources":[]`, `}]`), ""
		}),
		plan("module calls", `"resources":[`+function+`]`, "", true, func(size int) (string, string) {
			return "", nested(size, `"module_calls":{"a":{"module":{`, `"resources":[]`, `}}}`)
		}),
		plan("references", `"resources":[`+function+`]`, `"resources":[{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","expressions":{"function_name":{"references":[`, true, func(size int) (string, string) {
			return "", strings.Repeat(`"a[a[a[",`, size/9) + `"a"]}}}]`
		}),
		plan("long references", `"resources":[`+function+`]`, `"resources":[{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","expressions":{"function_name":{"references":["`, true, func(size int) (string, string) {
			return "", nested(size, "a[", "a", "]") + `"]}}}]`
		}),
		{name: "plan references that return twice to their module", file: "plan.json", fine: true, text: func(int) string {
			return `{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","change":{"after":{"role":"r"}}}],` +
				`"configuration":{"root_module":{"resources":[{"address":"aws_lambda_function.f","expressions":{"role":{"references":["module.a.o"]}}}],"module_calls":{"a":{"expressions":{"v":{"references":["module.a.o","module.a.o"]}},` +
				`"module":{"outputs":{"o":{"expression":{"references":["var.v","var.v"]}}}}}}}}}`
		}},
		{name: "plan references of many resources to many", file: "plan.json", fine: true, text: func(size int) string {
			n := size / 300
			return `{"format_version":"1.2","planned_values":{},"resource_changes":[` +
				numbered(n, "", `{"address":"module.a.aws_lambda_function.f<i>","mode":"managed","type":"aws_lambda_function","name":"f","change":{"after":{"role":"r"}}},`, `{}],"configuration":{"root_module":{"module_calls":{"a":{"expressions":{"v":{"references":[`) +
				numbered(n, "", `"aws_iam_role.r<i>",`, `"aws_iam_role.r"]}},"module":{"resources":[`) +
				numbered(n, "", `{"address":"aws_lambda_function.f<i>","expressions":{"role":{"references":["var.v"]}}},`, `{}]}}}}}}`)
		}},
		{name: "plan many keys", file: "plan.json", fine: true, text: func(size int) string {
			values, marks := numbered(size/100, "", `"k<i>":"v<i>",`, `"k":"v"`), numbered(size/100, "", `"k<i>":true,`, `"k":true`)
			return `{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","change":{"after":{"environment":[{"variables":{` + values +
				`}}],` + values + `},"after_unknown":{"environment":[{"variables":{` + marks + `}}],` + marks + `},"after_sensitive":{"environment":[{"variables":{` + marks + `}}]}}}],` +
				`"configuration":{"root_module":{"resources":[{"address":"aws_lambda_function.f","expressions":{` + values + `}}]}}}`
		}},
		{name: "plan address in many modules", file: "plan.json", fine: true, text: func(size int) string {
			return `{"format_version":"1.2","planned_values":{},"resource_changes":[{"address":"` + strings.Repeat("module.a.", size/9) +
				`aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","change":{"after":{"role":"r"}}}]}`
		}},
		{name: "plan many changes", file: "plan.json", text: func(size int) string {
			const change = `{"address":"aws_lambda_function.f","mode":"managed","type":"aws_lambda_function","name":"f","change":{"after":{"function_name":"f"}}},`
			return `{"format_version":"1.2","planned_values":{},"resource_changes":[` + strings.Repeat(change, max(8000, size/len(change))) + `{}]}`
		}},
		plan("many resources", `"resources":[`, "", true, func(size int) (string, string) {
			return strings.Repeat(function+",", size/len(function+",")) + function + "]", ""
		}),
	}
}

// otherBombs are texts that are not templates.
func otherBombs() []bomb {
	return append(sharedBombs(), []bomb{
		{name: "configuration lists", file: ".lintel.yaml", text: func(size int) string { return "skip: " + nested(size, "[", "", "]") + "\n" }, beside: local("1")},
		{name: "configuration aliases", file: ".lintel.yaml", text: func(int) string {
			return "x: &a0 [a]\n" + numbered(40, "", "y<j>: &a<j> [*a<i>, *a<i>, *a<i>, *a<i>]\n", "") + "skip: *a40\n"
		}, beside: local("1")},
		{name: "configuration block lists", file: ".lintel.yaml", text: func(size int) string { return "skip:\n  " + strings.Repeat("- ", size/2) + "a\n" }, beside: local("1")},
	}...)
}
