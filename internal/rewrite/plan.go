package rewrite

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Plan returns the rewritings of plans in JSON.
func Plan() []Rewriting {
	pretty := func(root *yaml.Node) string { return printJSON(root, "  ") }
	all := slices.Concat(jsonTexts(), jsonStrings())
	for _, ending := range []string{".tfplan.json", ".template", ".yaml", ".txt", ".JSON"} {
		all = append(all, renamed(".json", ending))
	}
	for _, s := range slices.Concat(planOrders(), planValues(), planModules()) {
		all = append(all, Rewriting{s.name, func(files Files) (Files, bool) {
			out := Files{}
			changed := false
			for p, text := range files {
				root := parseYAML(text)
				if strings.HasSuffix(p, ".json") && root != nil && s.change(root) {
					text, changed = pretty(root), true
				}
				out[p] = text
			}
			return out, changed
		}})
	}
	return append(all,
		Rewriting{"in a directory below", func(files Files) (Files, bool) { return moved(files, "plans/prod"), true }},
		Rewriting{"with large values before", largePlan},
	)
}

// planOrders returns the rewritings of the order of keys.
func planOrders() []cfnStructure {
	return []cfnStructure{
		{"keys in reverse", func(root *yaml.Node) bool { reverse(root); return true }},
		{"sorted keys", func(root *yaml.Node) bool {
			sortKeys(root)
			return true
		}},
		{"the version last", func(root *yaml.Node) bool { return toEnd(root, "format_version") }},
		{"planned values last", func(root *yaml.Node) bool { return toEnd(root, "planned_values") }},
		{"changes last", func(root *yaml.Node) bool { return toEnd(root, "resource_changes") }},
		{"changes in reverse", func(root *yaml.Node) bool {
			changes := get(root, "resource_changes")
			slices.Reverse(changes.Content)
			return len(changes.Content) > 1
		}},
	}
}

func sortKeys(n *yaml.Node) {
	if n.Kind == yaml.MappingNode {
		var pairs [][2]*yaml.Node
		for i := 0; i < len(n.Content); i += 2 {
			pairs = append(pairs, [2]*yaml.Node{n.Content[i], n.Content[i+1]})
		}
		slices.SortFunc(pairs, func(a, b [2]*yaml.Node) int { return strings.Compare(a[0].Value, b[0].Value) })
		n.Content = nil
		for _, p := range pairs {
			n.Content = append(n.Content, p[0], p[1])
		}
	}
	for _, inner := range n.Content {
		sortKeys(inner)
	}
}

func toEnd(root *yaml.Node, key string) bool {
	value := get(root, key)
	if value == nil {
		return false
	}
	root.Content = append(withoutKey(root, key), scalar(key), value)
	return true
}

// changesIn calls do for each change of a plan.
func changesIn(root *yaml.Node, do func(resource, change *yaml.Node)) bool {
	for _, r := range get(root, "resource_changes").Content {
		do(r, get(r, "change"))
	}
	return len(get(root, "resource_changes").Content) > 0
}

// set replaces the value of a key, or adds it.
func set(n *yaml.Node, key string, value *yaml.Node) {
	for i := 0; i < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			n.Content[i+1] = value
			return
		}
	}
	put(n, key, value)
}

// planValues returns the rewritings of what a plan contains besides.
func planValues() []cfnStructure {
	actions := func(name string, all ...string) cfnStructure {
		return cfnStructure{"actions: " + name, func(root *yaml.Node) bool {
			return changesIn(root, func(_, change *yaml.Node) {
				items := list()
				for _, action := range all {
					items.Content = append(items.Content, scalar(action))
				}
				set(change, "actions", items)
				set(change, "before", clone(get(change, "after")))
			})
		}}
	}
	return []cfnStructure{
		actions("no-op", "no-op"), actions("update", "update"),
		actions("delete and create", "delete", "create"), actions("create and delete", "create", "delete"),
		{"further keys", func(root *yaml.Node) bool {
			put(root, "checks", list())
			put(root, "relevant_attributes", list(mapping(scalar("resource"), scalar("x"), scalar("attribute"), list(scalar("y")))))
			put(root, "timestamp", scalar("2026-01-01T00:00:00Z"))
			put(root, "resource_drift", list(mapping(scalar("address"), scalar("x.y"), scalar("change"), mapping())))
			return true
		}},
		{"another version", func(root *yaml.Node) bool { set(root, "format_version", scalar("1.9")); return true }},
		{"an old version", func(root *yaml.Node) bool { set(root, "format_version", scalar("0.1")); return true }},
		{"nothing is unknown", func(root *yaml.Node) bool {
			return changesIn(root, func(_, change *yaml.Node) {
				if len(get(change, "after_unknown").Content) == 0 {
					set(change, "after_unknown", typed("bool", "false"))
				}
			})
		}},
		{"no sensitive values", func(root *yaml.Node) bool {
			return changesIn(root, func(_, change *yaml.Node) { set(change, "after_sensitive", typed("bool", "false")) })
		}},
		{"null arguments", func(root *yaml.Node) bool {
			return changesIn(root, func(_, change *yaml.Node) { put(get(change, "after"), mark, typed("null", "null")) })
		}},
		{"further changes", func(root *yaml.Node) bool {
			changes := get(root, "resource_changes")
			other := mapping(scalar("address"), scalar("null_resource."+mark), scalar("mode"), scalar("managed"), scalar("type"), scalar("null_resource"),
				scalar("name"), scalar(mark), scalar("change"), mapping(scalar("actions"), list(scalar("delete")), scalar("after"), typed("null", "null")))
			changes.Content = append([]*yaml.Node{other}, changes.Content...)
			return true
		}},
		{"a deposed object", func(root *yaml.Node) bool {
			changes := get(root, "resource_changes")
			var all []*yaml.Node
			for _, c := range changes.Content {
				deposed := clone(c)
				put(deposed, "deposed", scalar("12345678"))
				set(deposed, "change", mapping(scalar("actions"), list(scalar("delete")), scalar("after"), typed("null", "null"), scalar("after_unknown"), mapping()))
				all = append(all, deposed, c)
			}
			changes.Content = all
			return true
		}},
		{"without configuration", func(root *yaml.Node) bool {
			// A reference that only the configuration has is lost, so this applies where there is none.
			if strings.Contains(printJSON(root, ""), `"references"`) {
				return false
			}
			root.Content = withoutKey(root, "configuration")
			return true
		}},
	}
}

// planModules returns the rewritings of addresses.
func planModules() []cfnStructure {
	return []cfnStructure{
		{"in a module", func(root *yaml.Node) bool { return planModule(root, "module."+mark+".") }},
		{"in a module with an index", func(root *yaml.Node) bool { return planModule(root, "module."+mark+"[0].") }},
		{"in a module with a key", func(root *yaml.Node) bool { return planModule(root, "module."+mark+`["one"].`) }},
		{"in a module in a module", func(root *yaml.Node) bool {
			isInner := planModule(root, "module."+mark+".")
			return isInner && planModule(root, "module."+mark+".")
		}},
	}
}

// planModule moves the resources of a plan into a module.
func planModule(root *yaml.Node, prefix string) bool {
	if variables := get(root, "variables"); variables != nil && len(variables.Content) > 0 {
		return false
	}
	changesIn(root, func(r, _ *yaml.Node) {
		set(r, "address", scalar(prefix+get(r, "address").Value))
		set(r, "module_address", scalar(strings.TrimSuffix(prefix, ".")))
	})
	configuration := get(root, "configuration")
	module := get(configuration, "root_module")
	set(configuration, "root_module", mapping(scalar("module_calls"), mapping(scalar(mark), mapping(scalar("source"), scalar("./m"), scalar("module"), module))))
	planned := get(root, "planned_values")
	child := get(planned, "root_module")
	put(child, "address", scalar(strings.TrimSuffix(prefix, ".")))
	set(planned, "root_module", mapping(scalar("child_modules"), list(child)))
	return true
}

// largePlan puts 5 MB of values before everything that tells that a file is a plan.
func largePlan(files Files) (Files, bool) {
	const values, size = 5_000, 1_000
	var before strings.Builder
	for i := range values {
		fmt.Fprintf(&before, "%s:%s,", quotedJSON(fmt.Sprint("v", i)), quotedJSON(strings.Repeat("x", size)))
	}
	out := Files{}
	for p, text := range files {
		if !json.Valid([]byte(text)) {
			return nil, false
		}
		out[p] = `{"outputs":{` + strings.TrimSuffix(before.String(), ",") + `},` + strings.TrimPrefix(strings.TrimSpace(text), "{")
	}
	return out, true
}
