package dockerfile

import "strings"

// variables are the values of ARG and ENV by name. A name with an unknown value has isKnown false. The name "" is the value of all others.
type variables map[string]text

// text is a text with its variables replaced.
type text struct {
	value   string
	isKnown bool
}

// expand replaces $name, ${name}, ${name:-default} and ${name:+alternative} in a text. It is unknown if a variable is, or if the form
// is another one.
// https://docs.docker.com/reference/dockerfile/#environment-replacement
func (v variables) expand(s string) text {
	var out strings.Builder
	for len(s) > 0 {
		before, rest, ok := strings.Cut(s, "$")
		out.WriteString(before)
		if !ok {
			break
		}
		value, after, ok := v.variable(rest)
		if !ok || out.Len()+len(value) > maxText {
			return text{}
		}
		out.WriteString(value)
		s = after
	}
	return text{out.String(), true}
}

// variable returns the value of the variable at the start of a text after its dollar sign, and the text after it.
func (v variables) variable(s string) (value, after string, ok bool) {
	name, modifier, after, ok := nameOf(s)
	if !ok || name == "" || strings.ContainsAny(name, "#%/$-") || strings.Contains(modifier, "$") {
		return "", "", false
	}
	known, isSet := v[name]
	if !isSet {
		known, isSet = v[""]
	}
	if isSet && !known.isKnown {
		return "", "", false
	}
	value, ok = modified(known.value, modifier, isSet)
	return value, after, ok
}

// modified applies what follows the colon to the value of a variable: -default or +alternative.
func modified(value, modifier string, isSet bool) (string, bool) {
	fallback, hasDefault := strings.CutPrefix(modifier, "-")
	alternative, hasAlternative := strings.CutPrefix(modifier, "+")
	switch {
	case hasDefault && value == "":
		return fallback, true
	case hasAlternative && value == "":
		return "", true
	case hasAlternative:
		return alternative, true
	}
	return value, isSet && (hasDefault || modifier == "")
}

// nameOf splits a text after a dollar sign into the name of the variable, what follows its colon, and the rest.
func nameOf(s string) (name, modifier, after string, ok bool) {
	if inner, isBraced := strings.CutPrefix(s, "{"); isBraced {
		name, after, ok = strings.Cut(inner, "}")
		name, modifier, _ = strings.Cut(name, ":")
		return name, modifier, after, ok
	}
	n := 0
	for n < len(s) && isNameByte(s[n]) {
		n++
	}
	return s[:n], "", s[n:], true
}

func isNameByte(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
