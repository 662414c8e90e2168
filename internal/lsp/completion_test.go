package lsp_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// complete returns the labels that are offered at the mark | of a text, and the text after the first choice of them with a
// label.
func (c *client) complete(path, marked, choice string) (labels []string, after string) {
	c.tb.Helper()
	before, rest, ok := strings.Cut(marked, "|")
	if !ok {
		c.tb.Fatal("there is no mark")
	}
	c.change(path, before+rest)
	position := object{"line": strings.Count(before, "\n"), "character": len(before) - 1 - strings.LastIndex(before, "\n")}
	result, _ := c.call("textDocument/completion", object{"textDocument": object{"uri": c.uri(path)}, "position": position}).(object)
	items, _ := result["items"].([]any)
	type sorted struct {
		key, label string
	}
	var all []sorted
	for _, item := range items {
		label := item.(object)["label"].(string)
		key, _ := item.(object)["sortText"].(string)
		all = append(all, sorted{key, label})
		if label == choice && after == "" {
			edit := item.(object)["textEdit"].(object)
			start := edit["range"].(object)["start"].(object)
			if start["line"] != float64(position["line"].(int)) {
				c.tb.Errorf("it edits another line: %v", edit)
			}
			line := strings.LastIndex(before, "\n") + 1
			after = before[:line+int(start["character"].(float64))] + edit["newText"].(string) + rest
		}
	}
	slices.SortStableFunc(all, func(a, b sorted) int { return strings.Compare(a.key, b.key) })
	for _, one := range all {
		labels = append(labels, one.label)
	}
	return labels, after
}

func TestCompletionOfRules(t *testing.T) {
	const rule = "function-url-auth-none"
	const yaml = "Resources:\n  U:\n    Type: AWS::Lambda::Url\n"
	for _, tt := range []struct{ name, path, text, after string }{
		{"hash", "main.tf", "# lintel:ignore func|\n" + openURL, "# lintel:ignore function-url-auth-none\n" + openURL},
		{"slashes", "main.tf", "// lintel:ignore |\n" + openURL, "// lintel:ignore function-url-auth-none\n" + openURL},
		{"block comment", "main.tf", "/* lintel:ignore function-| */\n" + openURL, "/* lintel:ignore function-url-auth-none */\n" + openURL},
		{"block comment of several lines", "main.tf", "/*\n  lintel:ignore f| */\n", "/*\n  lintel:ignore function-url-auth-none */\n"},
		{"end of a line", "main.tf", "a = 1 # lintel:ignore |", "a = 1 # lintel:ignore function-url-auth-none"},
		{"second rule", "main.tf", "# lintel:ignore tracing-disabled,|\n", "# lintel:ignore tracing-disabled,function-url-auth-none\n"},
		{"before the reason", "main.tf", "# lintel:ignore f| -- a reason\n", "# lintel:ignore function-url-auth-none -- a reason\n"},
		{"named already", "main.tf", "# lintel:ignore function-url-auth-none, |\n", ""},
		{"reason", "main.tf", "# lintel:ignore x -- f|\n", ""},
		{"no comment", "main.tf", "a = \"lintel:ignore f|\"\n", ""},
		{"another comment", "main.tf", "# f|\n", ""},
		{"another marker", "main.tf", "# lintel:ignored f|\n", ""},
		{"values", "x.tfvars", "# lintel:ignore f|\n", "# lintel:ignore function-url-auth-none\n"},
		{"Terraform JSON", "a.tf.json", `{"//": "lintel:ignore f|"}`, `{"//": "lintel:ignore function-url-auth-none"}`},
		{"list in Terraform JSON", "a.tf.json", `{"//": ["x", "lintel:ignore f|"]}`, `{"//": ["x", "lintel:ignore function-url-auth-none"]}`},
		{"other text in Terraform JSON", "a.tf.json", `{"a": "lintel:ignore f|"}`, ""},
		{"YAML", "t.yaml", yaml + "    # lintel:ignore f|\n", yaml + "    # lintel:ignore function-url-auth-none\n"},
		{"slashes in YAML", "t.yaml", yaml + "    // lintel:ignore f|\n", ""},
		{"Python", "src/app.py", "x = 1  # lintel:ignore f|\n", "x = 1  # lintel:ignore function-url-auth-none\n"},
		{"TypeScript", "src/app.ts", "f(); // lintel:ignore f|\n", "f(); // lintel:ignore function-url-auth-none\n"},
		{"metadata", "t.yaml", yaml + "    Metadata:\n      lintel:\n        ignore:\n          - f|\n", yaml + "    Metadata:\n      lintel:\n        ignore:\n          - function-url-auth-none\n"},
		{"metadata beside its key", "t.yaml", yaml + "    Metadata:\n      lintel:\n        ignore:\n        - x -- y\n        - f|\n", yaml + "    Metadata:\n      lintel:\n        ignore:\n        - x -- y\n        - function-url-auth-none\n"},
		{"object in metadata", "t.yaml", yaml + "    Metadata: {lintel: {ignore: [{rule: f|}]}}\n", yaml + "    Metadata: {lintel: {ignore: [{rule: function-url-auth-none}]}}\n"},
		{"reason in metadata", "t.yaml", yaml + "    Metadata: {lintel: {ignore: [{reason: f|}]}}\n", ""},
		{"metadata in JSON", "t.json", `{"Resources": {"U": {"Metadata": {"lintel": {"ignore": ["a -- b", "f|"]}}}}}`, `{"Resources": {"U": {"Metadata": {"lintel": {"ignore": ["a -- b", "function-url-auth-none"]}}}}}`},
		{"elsewhere in JSON", "t.json", `{"Resources": {"U": {"Metadata": {"lintel": {"ignore": ["a"]}}, "Properties": ["f|"]}}}`, ""},
		{"elsewhere in YAML", "t.yaml", yaml + "    Properties:\n      - f|\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := session(t, map[string]string{tt.path: ""})
			c.open(tt.path)
			labels, after := c.complete(tt.path, tt.text, rule)
			if diff := cmp.Diff(tt.after, after); diff != "" {
				t.Errorf("offered are %d: %s", len(labels), diff)
			}
			if slices.Contains(labels, "ignore-unused") {
				t.Error("a rule that cannot be suppressed is offered")
			}
		})
	}
}

// TestCompletionOrder checks that rules with findings near the comment come first, and that rules that the configuration
// forbids to suppress are left out.
func TestCompletionOrder(t *testing.T) {
	c := session(t, map[string]string{"main.tf": openURL, ".lintel.yaml": "no-ignore: [tracing-disabled]\n"})
	c.open("main.tf")
	c.shows("main.tf", "function-url-auth-none")
	labels, _ := c.complete("main.tf", "# lintel:ignore |\n"+openURL, "")
	if len(labels) < 100 || labels[0] != "function-url-auth-none" {
		t.Errorf("%v", labels)
	}
	if slices.Contains(labels, "tracing-disabled") {
		t.Error("a rule of no-ignore is offered")
	}
}

func TestCompletionOfConfiguration(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		offered    []string // with others
		not        []string
		choice     string
		after      string
	}{
		{"keys", "profile: strict\n|", []string{"fail-on", "skip", "var-files"}, []string{"profile", "strict", "tracing-disabled"}, "skip", "profile: strict\nskip: "},
		{"part of a key", "no-i|", []string{"no-ignore"}, nil, "no-ignore", "no-ignore: "},
		{"profiles", "profile: |", []string{"default", "strict", "all"}, []string{"skip"}, "all", "profile: all"},
		{"boolean", "third-party: f|\n", []string{"true", "false"}, nil, "false", "third-party: false\n"},
		{"rules in a list", "skip:\n  - tr|\n", []string{"tracing-disabled", "ignore-unused", "secrets/*"}, []string{"skip"}, "tracing-disabled", "skip:\n  - tracing-disabled\n"},
		{"rules beside the key", "skip:\n- tr|\n", []string{"tracing-disabled"}, nil, "tracing-disabled", "skip:\n- tracing-disabled\n"},
		{"rules in brackets", "no-ignore: [a, tr|]\n", []string{"tracing-disabled"}, nil, "tracing-disabled", "no-ignore: [a, tracing-disabled]\n"},
		{"rules in brackets of several lines", "no-ignore: [\n  a,\n  tr|\n]\n", []string{"tracing-disabled"}, nil, "tracing-disabled", "no-ignore: [\n  a,\n  tracing-disabled\n]\n"},
		{"severities", "rules:\n  tr|\n", []string{"tracing-disabled"}, []string{"secrets/*", "off"}, "tracing-disabled", "rules:\n  tracing-disabled: \n"},
		{"off", "rules:\n  tracing-disabled: |\n", []string{"off", "severity"}, []string{"high"}, "off", "rules:\n  tracing-disabled: off\n"},
		{"severity", "rules:\n  tracing-disabled: {severity: |}\n", []string{"info", "critical"}, []string{"off"}, "critical", "rules:\n  tracing-disabled: {severity: critical}\n"},
		{"severity in a block", "rules:\n  tracing-disabled:\n    severity: |\n", []string{"info", "critical"}, []string{"off"}, "info", "rules:\n  tracing-disabled:\n    severity: info\n"},
		{"patterns", "ignore:\n  - paths: [x]\n    r|\n", []string{"reason", "rules", "until"}, []string{"skip"}, "rules", "ignore:\n  - paths: [x]\n    rules: \n"},
		{"rules of patterns", "ignore:\n  - paths: [x]\n    rules: [tr|]\n", []string{"tracing-disabled"}, nil, "tracing-disabled", "ignore:\n  - paths: [x]\n    rules: [tracing-disabled]\n"},
		{"gaps", "gaps:\n  |", []string{"module", "cdk", "warn", "fail"}, nil, "module", "gaps:\n  module: "},
		{"comment", "# |\n", nil, []string{"skip"}, "", ""},
		{"comment after a value", "profile: all # |\n", nil, []string{"all"}, "", ""},
		{"unknown key", "no-such-key:\n  - |\n", nil, []string{"skip", "tracing-disabled"}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := session(t, map[string]string{".lintel.yaml": ""})
			c.open(".lintel.yaml")
			labels, after := c.complete(".lintel.yaml", tt.text, tt.choice)
			for _, want := range tt.offered {
				if !slices.Contains(labels, want) {
					t.Errorf("%s is not offered, but %v", want, labels)
				}
			}
			for _, not := range tt.not {
				if slices.Contains(labels, not) {
					t.Errorf("%s is offered", not)
				}
			}
			if diff := cmp.Diff(tt.after, after); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCompletionResolve checks that the documentation of a rule is in the item that the client asks for, and not in all.
func TestCompletionResolve(t *testing.T) {
	c := session(t, map[string]string{"main.tf": "# lintel:ignore \n" + openURL})
	c.open("main.tf")
	c.shows("main.tf", "ignore-unknown-rule", "ignore-without-reason", "function-url-auth-none")
	result := c.call("textDocument/completion", object{"textDocument": object{"uri": c.uri("main.tf")}, "position": object{"line": 0, "character": 16}}).(object)
	for _, item := range result["items"].([]any) {
		item := item.(object)
		if item["documentation"] != nil {
			t.Fatalf("%v has documentation", item["label"])
		}
		if item["label"] != "function-url-auth-none" {
			continue
		}
		resolved := c.call("completionItem/resolve", item).(object)
		text, _ := resolved["documentation"].(object)["value"].(string)
		if !strings.Contains(text, "anyone on the internet can invoke the function") {
			t.Errorf("the documentation is %q", text)
		}
		delete(resolved, "documentation")
		if diff := cmp.Diff(item, resolved); diff != "" {
			t.Error(diff)
		}
	}
	for _, other := range []object{{"label": "x"}, {"label": "x", "data": object{"uri": c.uri("gone.tf"), "rule": "function-url-auth-none"}}} {
		if resolved := c.call("completionItem/resolve", other).(object); resolved["documentation"] != nil || resolved["label"] != "x" {
			t.Errorf("got %v", resolved)
		}
	}
}
