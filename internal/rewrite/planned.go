package rewrite

import (
	"encoding/json"
	"slices"
	"strings"

	"lintel/internal/tree"
	"lintel/parsers/terraform"
)

// PlanOf returns a plan that creates the managed resources of a root module, as "terraform show -json" writes it.
func PlanOf(written []terraform.Written) string {
	var changes, planned, configured []any
	for _, w := range written {
		if strings.HasPrefix(w.Type, "data.") || strings.HasPrefix(w.Type, "provider.") || strings.HasPrefix(w.ID, "module.") {
			continue
		}
		after, unknown := plain(w.Body)
		changes = append(changes, map[string]any{
			"address": w.ID, "mode": "managed", "type": w.Type, "name": "x", "provider_name": "registry.terraform.io/hashicorp/aws",
			"change": map[string]any{
				"actions": []string{"create"}, "before": nil, "after": after, "after_unknown": unknown,
				"before_sensitive": false, "after_sensitive": map[string]any{},
			},
		})
		planned = append(planned, map[string]any{"address": w.ID, "mode": "managed", "type": w.Type, "name": "x", "values": after})
		address, _, _ := strings.Cut(w.ID, "[")
		configured = append(configured, map[string]any{"address": address, "mode": "managed", "type": w.Type, "name": "x", "expressions": expressions(w.Body)})
	}
	text, _ := json.MarshalIndent(map[string]any{ //nolint:errchkjson // maps of what the parser returns
		"format_version": "1.2", "terraform_version": "1.13.0", "resource_changes": changes,
		"planned_values": map[string]any{"root_module": map[string]any{"resources": planned}},
		"configuration":  map[string]any{"root_module": map[string]any{"resources": configured}},
	}, "", "  ")
	return string(text) + "\n"
}

// freeKeys are arguments that are maps, with keys that the template chooses. Every other map is a nested block.
var freeKeys = []string{"variables", "tags", "stage_variables", "request_parameters", "request_templates"} //nolint:gochecknoglobals // never written

// expressions returns the references in each argument of a block. Nested blocks have references of their own.
func expressions(block tree.Tree) map[string]any {
	all := map[string]any{}
	for _, f := range block.Fields {
		nested := f.Tree.Items
		if f.Tree.IsMap {
			nested = []tree.Tree{f.Tree}
		}
		isBlock := len(nested) > 0 && !slices.Contains(freeKeys, f.Key) && !slices.ContainsFunc(nested, func(t tree.Tree) bool { return !t.IsMap })
		switch references := refs(f.Tree); {
		case isBlock:
			inner := make([]any, len(nested))
			for i, t := range nested {
				inner[i] = expressions(t)
			}
			all[f.Key] = inner
		case len(references) > 0:
			all[f.Key] = map[string]any{"references": references}
		default:
			all[f.Key] = map[string]any{}
		}
	}
	return all
}

// refs returns the resources that a value and its parts refer to.
func refs(t tree.Tree) []string {
	all := slices.Clone(t.Refs)
	for _, item := range t.Items {
		all = append(all, refs(item)...)
	}
	for _, f := range t.Fields {
		all = append(all, refs(f.Tree)...)
	}
	return all
}

// plain returns the known part of a value, and true in place of each unknown one.
func plain(t tree.Tree) (value, unknown any) {
	switch {
	case t.State == tree.StateUnknown && !t.IsMap && !t.IsList:
		return nil, true
	case t.IsMap:
		values, unknowns := map[string]any{}, map[string]any{}
		for _, f := range t.Fields {
			v, u := plain(f.Tree)
			if v != nil {
				values[f.Key] = v
			}
			if u != nil {
				unknowns[f.Key] = u
			}
		}
		return values, unknowns
	case t.IsList:
		values, unknowns := []any{}, []any{}
		for _, item := range t.Items {
			v, u := plain(item)
			values, unknowns = append(values, v), append(unknowns, u)
		}
		return values, unknowns
	}
	return t.Scalar, nil
}
