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
	name, modifier := "", ""
	if inner, isBraced := strings.CutPrefix(s, "{"); isBraced {
		end := strings.IndexByte(inner, '}')
		if end < 0 {
			return "", "", false
		}
		name, after = inner[:end], inner[end+1:]
		if i := strings.IndexByte(name, ':'); i >= 0 {
			name, modifier = name[:i], name[i+1:]
		}
	} else {
		n := 0
		for n < len(s) && isNameByte(s[n]) {
			n++
		}
		name, after = s[:n], s[n:]
	}
	if name == "" || strings.ContainsAny(name, "#%/$-") || strings.Contains(modifier, "$") {
		return "", "", false
	}
	known, isSet := v[name]
	if !isSet {
		known, isSet = v[""]
	}
	switch {
	case isSet && !known.isKnown:
		return "", "", false
	case strings.HasPrefix(modifier, "-"):
		if known.value == "" {
			return modifier[1:], after, true
		}
	case strings.HasPrefix(modifier, "+"):
		if known.value == "" {
			return "", after, true
		}
		return modifier[1:], after, true
	case modifier != "" || !isSet:
		return "", "", false
	}
	return known.value, after, true
}

func isNameByte(c byte) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}
