package cloudformation

import "slices"

// keysOf returns the keys of a mapping of which a parameter is always one, because a resource without a condition looks it up by
// the parameter, outside of Fn::If and without a default: with another value, the deployment fails. It returns nil for any other
// parameter.
func (t *template) keysOf(parameter string) []string {
	if t.keys == nil {
		l := lookups{template: t, keys: map[string][]string{}, seen: map[*node]bool{}}
		if t.mappings != nil {
			for _, f := range t.root.get("Resources").all() {
				if f.value.get("Condition") == nil && f.value.kind == mapNode {
					l.visit(f.value)
				}
			}
		}
		t.keys = l.keys
	}
	return t.keys[parameter]
}

// lookups finds the parameters that are keys of mappings.
type lookups struct {
	*template
	keys map[string][]string // by parameter
	seen map[*node]bool      // aliases of YAML share nodes
}

func (l *lookups) visit(n *node) {
	if n == nil || l.seen[n] {
		return
	}
	l.seen[n] = true
	switch name, argument, _ := intrinsic(n); name {
	case "If", "Transform":
		return
	case "FindInMap":
		if len(argument.items) == 3 { //nolint:mnd // the map and two keys; a fourth argument is a default
			l.add(argument.items[0], argument.items[1], argument.items[2])
		}
	}
	for _, item := range n.items {
		l.visit(item)
	}
	for _, f := range n.fields {
		l.visit(f.value)
	}
}

// add notes the parameters that Fn::FindInMap looks up a mapping by.
func (l *lookups) add(name, first, second *node) {
	text, ok := name.text()
	mapping := l.mappings.get(text)
	if !ok || mapping == nil || mapping.kind != mapNode {
		return
	}
	l.narrow(first, mapping)
	if key, ok := first.text(); ok {
		l.narrow(second, mapping.get(key))
	}
}

// narrow notes that a key, if it is a parameter, is one of those of a map.
func (l *lookups) narrow(key, of *node) {
	function, argument, _ := intrinsic(key)
	parameter, ok := argument.text()
	if function != "Ref" || !ok || of == nil || of.kind != mapNode {
		return
	}
	keys := make([]string, len(of.fields))
	for i, f := range of.fields {
		keys[i] = f.key
	}
	if known, ok := l.keys[parameter]; ok {
		keys = slices.DeleteFunc(keys, func(k string) bool { return !slices.Contains(known, k) })
	}
	l.keys[parameter] = keys
}
