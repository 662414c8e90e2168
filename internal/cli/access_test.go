package cli_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"lintel/internal/cli"
)

// TestAccessPage checks that the example on the page is what the command prints.
func TestAccessPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/access.md")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir("../../testdata/corpus/orders/sam")
	for fence, args := range map[string][]string{
		"```text\n$ lintel access template.yaml\n":               {"access", "template.yaml"},
		"```text\n$ lintel access template.yaml --from public\n": {"access", "template.yaml", "--from", "public"},
		"```mermaid\n": {"access", "template.yaml", "--format", "mermaid"},
	} {
		_, shown, ok := strings.Cut(string(page), fence)
		shown, _, closed := strings.Cut(shown, "```")
		if got := run(t, args...); !ok || !closed || shown != got {
			t.Errorf("docs/access.md has\n%s\nand %v prints\n%s", shown, args, got)
		}
	}
}

// accessSchema returns the published schema as lintel prints it.
func accessSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(run(t, "schema", "access")))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("access", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("access")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// TestAccessSchema validates the JSON output of all kinds of input, with and without problems.
func TestAccessSchema(t *testing.T) {
	schema := accessSchema(t)
	for _, args := range [][]string{
		{"../../testdata/corpus/orders"},
		{"../../testdata/corpus/orders", "--who-can", "s3:PutObject"},
		{"../../testdata/converge"},
		{"../../testdata/corpus/orders", "--paths-to", "data"},
		{"../../testdata/corpus/orders", "--from", "public"},
		{"../../testdata/missing"},
	} {
		var out, errs bytes.Buffer
		cli.Main(append([]string{"access", "--format", "json"}, args...), nil, &out, &errs)
		document, err := jsonschema.UnmarshalJSON(&out)
		if err != nil {
			t.Fatalf("%v: %v, %s", args, err, errs.String())
		}
		if err := schema.Validate(document); err != nil {
			t.Errorf("%v: %v", args, err)
		}
	}
	if err := schema.Validate(map[string]any{"version": 1.0, "units": []any{map[string]any{}}, "problems": []any{}, "gaps": []any{}}); err == nil {
		t.Error("the schema accepts an empty unit")
	}
}

// TestAccessIsMasked checks that no format prints a secret.
func TestAccessIsMasked(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"tf/main.tf", "sam/template.yaml", "plan/plan.json", "yaml/b.yaml", "syntax/main.tf"} {
		plant(t, name, strings.ReplaceAll(planted[name], "KEY", secret))
	}
	for _, format := range []string{"text", "json", "mermaid", "dot", "html"} {
		text := run(t, "access", "--format", format)
		if !strings.Contains(text, "role") && !strings.Contains(text, "anyone") {
			t.Errorf("%s shows no access:\n%s", format, text)
		}
		holdsNone(t, "access "+format, text)
	}
}

// TestHostileAccess checks that names from templates cannot break out of an output.
func TestHostileAccess(t *testing.T) {
	for _, evil := range []string{
		"x\x1b[31m\r\n::error::y ]]> </script> <b onclick=1> [a](http://e.x) `c` | \"q\"] & \u202e\x00 \\\" ; n0 -->",
		"</td>|`c`<img src=x onerror=alert(1)> [x](javascript:alert(1)) @octocat ::error::y %0A ]]> &amp; \u202e\u001b[31m", // of .ci/outputs.py
		"</title></svg><svg onload=alert(1)>' onfocus='x' {{x}} ${y} <!-- %s %d",
	} {
		t.Run("", func(t *testing.T) { hostile(t, evil) })
	}
}

func hostile(t *testing.T, evil string) {
	t.Helper()
	quoted, err := json.Marshal(evil)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	template := `{"Resources": {
	EVIL: {"Type": "AWS::Lambda::Function", "Properties": {"FunctionName": EVIL, "Role": EVIL, "Handler": "a.b", "Runtime": "python3.13", "Code": {"ZipFile": "x"}}},
	"P": {"Type": "AWS::Lambda::Permission", "Properties": {"FunctionName": {"Ref": EVIL}, "Action": EVIL, "Principal": EVIL, "SourceArn": EVIL}}}}`
	plant(t, "template.json", strings.ReplaceAll(template, "EVIL", string(quoted)))
	isPage(t, run(t, "access", "--format", "html"))
	for _, format := range []string{"text", "mermaid", "dot", "html"} {
		text := run(t, "access", "--format", format)
		if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' || r == '\u202e' }); i >= 0 {
			t.Errorf("%s: a control character: %q", format, text[max(0, i-20):i+20])
		}
		if strings.Contains(text, "\n::error::") {
			t.Errorf("%s: a line begins with a workflow command:\n%s", format, text)
		}
		if format == "mermaid" && (strings.Contains(text, "<b") || strings.Contains(text, `"q"`) || strings.Count(text, "-->") != 1) {
			t.Errorf("a label ends early:\n%s", text)
		}
	}
	for line := range strings.Lines(run(t, "access", "--format", "dot")) {
		if strings.Contains(line, "label=") && !closes(line) {
			t.Errorf("dot: the string ends early: %s", line)
		}
	}
	if dot, err := exec.LookPath("dot"); err == nil {
		cmd := exec.CommandContext(t.Context(), dot, "-Tplain")
		cmd.Stdin = strings.NewReader(run(t, "access", "--format", "dot"))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("dot: %v: %s", err, out)
		}
	}
}

// isPage checks that a page is well-formed and that no text in it became markup.
func isPage(t *testing.T, text string) {
	t.Helper()
	known := "html head meta title style body header h1 h2 p search label input fieldset legend main section figure svg defs marker path g a rect text table caption thead tbody tr th td ul li span code script"
	decoder := xml.NewDecoder(strings.NewReader(text))
	scripts := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("the page is not well-formed: %v", err)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if !slices.Contains(strings.Fields(known), start.Name.Local) {
			t.Errorf("an element %s", start.Name.Local)
		}
		if start.Name.Local == "script" {
			scripts++
		}
		for _, attribute := range start.Attr {
			if name := attribute.Name.Local; strings.HasPrefix(name, "on") || name == "src" || name == "style" || name == "href" && !strings.HasPrefix(attribute.Value, "#f") {
				t.Errorf("an attribute %s=%q", name, attribute.Value)
			}
		}
	}
	if scripts != 1 {
		t.Errorf("%d scripts", scripts)
	}
}

// closes reports whether the only quotes of a line without a backslash are those of its string.
func closes(line string) bool {
	plain := strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\"`, "")
	return strings.Count(plain, `"`) == 2
}

// TestAccessAgrees checks that the same functions have the same reach and abilities in Terraform, CloudFormation and SAM.
func TestAccessAgrees(t *testing.T) {
	for _, what := range []string{": 3 functions, 1 public, 1 cross-account\n", "protected by KMS key; without VPC, code signing, reserved concurrency, dead-letter queue\n"} {
		text := run(t, "access", "../../testdata/corpus/orders")
		if n := strings.Count(text, what); n != 3 {
			t.Errorf("%q is %d times in\n%s", what, n, text)
		}
	}
}
