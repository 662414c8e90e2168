package policies_test

import (
	"context"
	"testing"

	"lintel/internal/workspace"
)

// TestHostileText checks that no text of a template makes a built-in function fail, such as an action that is an invalid
// pattern: a rule that fails is a problem, and the template may be valid.
func TestHostileText(t *testing.T) {
	set := compiled(t)
	for _, rule := range set.Rules() {
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			for _, c := range templates(t, rule.ID) {
				inputs, _, err := workspace.Inputs(t.Context(), c.Files, workspace.Settings{Bare: true, Today: today}, []string{"."})
				if err != nil {
					t.Fatal(err)
				}
				for _, input := range inputs {
					for _, text := range []string{"", "*[", "*(", "*{\\", "**", "\x00:*+?"} {
						for _, keep := range []bool{true, false} {
							if _, err := set.Violations(context.Background(), rule.ID, retold(input.Policy, text, keep).(map[string]any)); err != nil {
								t.Errorf("%s with %q: %v", c.Name, text, err)
							}
						}
					}
				}
			}
		})
	}
}

// retold returns a node with another text in all known strings, after the old text if that is kept.
func retold(node any, text string, keep bool) any {
	switch x := node.(type) {
	case map[string]any:
		copied := map[string]any{}
		for key, child := range x {
			old, isText := child.(string)
			switch {
			case key == "value" && isText && keep:
				copied[key] = old + text
			case key == "value" && isText:
				copied[key] = text
			default:
				copied[key] = retold(child, text, keep)
			}
		}
		return copied
	case []any:
		copied := make([]any, len(x))
		for i := range x {
			copied[i] = retold(x[i], text, keep)
		}
		return copied
	}
	return node
}
