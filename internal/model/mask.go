package model

import "lintel/internal/secrets"

// Masked stands in a masked input where a text was that must not be printed.
const Masked = "(sensitive)"

// Mask returns a copy of an encoded stack that may be printed: nodes that are sensitive, and
// those that say so with a member sensitive or secret, show no value, and neither does anything
// below them. A text becomes Masked; a number or a truth value becomes unknown, because there is no
// placeholder of its type. index must be the one that Encode returned with the input.
func Mask(input Object, index Index) Object {
	masked, _ := mask(input, index, false).(Object)
	return masked
}

func mask(value any, index Index, hidden bool) any {
	switch x := value.(type) {
	case Object:
		return maskObject(x, index, hidden || x.isSecret(index))
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = mask(x[i], index, hidden)
		}
		return out
	}
	return value
}

func maskObject(o Object, index Index, hidden bool) Object {
	out := make(Object, 0, len(o)+1)
	for _, member := range o {
		_, isText := member.Value.(string)
		isValue := member.Key == "value" || member.Key == "prefix" || member.Key == "suffix"
		switch {
		case !hidden || !isValue || isNode(member.Value):
			out = append(out, Member{member.Key, mask(member.Value, index, hidden)})
		case isText:
			out = append(out, Member{member.Key, Masked})
		default:
			out = append(out, Member{"unknown", true})
		}
	}
	return out
}

// isNode reports whether the value of a member is a node: an attribute may be called value.
func isNode(value any) bool {
	_, ok := value.(Object)
	return ok
}

// isSecret reports whether a node declares its value as sensitive.
func (o Object) isSecret(index Index) bool {
	if at, ok := o.Get("at").(int); ok {
		if node, ok := index.Node(at); ok && node.Sensitive {
			return true
		}
	}
	if o.Get("sensitive") == true {
		return true
	}
	secret := o.Get("secret")
	return secret != nil && secret != false && secret != ""
}

// Hidden returns the texts of the nodes that are never printed, longest first, because one may contain another.
func Hidden(index Index) []string {
	var all []string
	for i := range index.entries {
		if beside := index.entries[i].beside; beside != nil && beside.hidden != "" {
			all = append(all, beside.hidden)
		}
	}
	return secrets.Unique(all)
}

// Shown returns a copy of an encoded stack with f applied to all texts in it, as a last step before display.
func (o Object) Shown(f func(string) string) Object {
	shown, _ := mapTexts(o, f).(Object)
	return shown
}

func mapTexts(value any, f func(string) string) any {
	switch x := value.(type) {
	case string:
		return f(x)
	case Object:
		out := make(Object, len(x))
		for i, member := range x {
			out[i] = Member{member.Key, mapTexts(member.Value, f)}
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = mapTexts(x[i], f)
		}
		return out
	}
	return value
}
