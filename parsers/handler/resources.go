package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// resource returns the expression that names the resource of a call, and its scope.
func (c *calls) resource(base object, e, input *code.Expr, sc *scope) (*code.Expr, *scope) {
	if base.kind == isResource {
		return base.input, base.scope
	}
	if input == nil || sc == nil {
		return nil, nil
	}
	for _, key := range nameKey(base.service.name) {
		named, within := c.resourceNamed(key, e, input, sc)
		if literal, variable := c.text(named, within); literal != "" || variable != "" || isBucketOfEvent(named, within) {
			return named, within
		}
	}
	return nil, nil
}

// resourceNamed returns the value of a parameter of a call, as resource does.
func (c *calls) resourceNamed(key string, e, input *code.Expr, sc *scope) (*code.Expr, *scope) {
	if input == e {
		position := map[string]int{"upload_file": 1, "upload_fileobj": 1, "download_file": 0, "download_fileobj": 0, "copy": 1} //nolint:mnd // of the bucket
		at, isPositional := position[e.Items[0].Text]
		if !isPositional {
			at = -1
		}
		return argument(e, key, at), sc
	}
	for _, o := range c.eval(input, sc) {
		if o.kind != isLiteral {
			continue
		}
		if i := slices.IndexFunc(o.expr.Keys, func(k string) bool { return strings.EqualFold(k, key) }); i >= 0 && i < len(o.expr.Items) {
			return o.expr.Items[i], o.scope
		}
	}
	return nil, nil
}

// isBucketOfEvent reports whether an expression is the name of the bucket in an event of S3: record["s3"]["bucket"]["name"]. It follows
// names that are assigned once.
func isBucketOfEvent(e *code.Expr, sc *scope) bool {
	if sc == nil {
		return false
	}
	var keys []string // from the last
	for range 4 * maxRounds {
		if e == nil {
			return false
		}
		key := ""
		if key, e = readFrom(e, sc); key != "" {
			keys = append(keys, strings.ToLower(key)) // in Go, the members begin with capitals
		}
		if len(keys) > 2 { //nolint:mnd // the three members
			return slices.Equal(keys, []string{"name", "bucket", "s3"})
		}
	}
	return false
}

// readFrom returns the member that an expression reads, or "", and the expression that it reads it from; nil: it reads none.
func readFrom(e *code.Expr, sc *scope) (string, *code.Expr) {
	switch {
	case e.Kind == code.Name:
		if assigned := sc.m.assignedOnce(sc.function, e.Text); assigned != nil {
			return assigned.property, assigned.value
		}
	case e.Kind == code.Member || e.Kind == code.Index:
		key, _ := memberName(e)
		return key, e.Items[0]
	case isGoString(e, sc):
		return "", e.Items[1]
	case e.Kind == code.Call && calleeText(e) == "get" && len(e.Items) > 1 && e.Items[0].Kind == code.Member:
		return e.Items[1].Text, e.Items[0].Items[0]
	}
	return "", nil
}

// isGoString reports whether an expression in Go is a pointer to a text: aws.String(bucket).
func isGoString(e *code.Expr, sc *scope) bool {
	return sc.m.code.Language == code.Go && e.Kind == code.Call && len(e.Items) > 1 && calleeText(e) == "String"
}

// assignedOnce returns the only assignment of a name in a function or one that contains it; nil: there is none, or more.
func (n *names) assignedOnce(function int, name string) *assignment {
	for at := function; ; at = n.code.Functions[at].Parent {
		switch list := n.assigned[at][name]; {
		case len(list) == 1:
			return &list[0]
		case len(list) > 1 || at == code.Module || slices.Contains(n.code.Functions[at].Parameters, name):
			return nil
		}
	}
}

// comparesNames reports whether the code that runs compares a text with another, such as the prefix of a key: it may leave out objects
// that it wrote itself.
func (c *calls) comparesNames() bool {
	if c.compares == nil {
		found := slices.ContainsFunc(c.modules, c.compareNames)
		c.compares = &found
	}
	return *c.compares
}

func (c *calls) compareNames(m *module) bool {
	for i := range m.code.Statements {
		s := &m.code.Statements[i]
		if !c.enters(m, s.Function) {
			continue
		}
		for e := range s.Expressions() {
			if comparesName(e) {
				return true
			}
		}
	}
	return false
}

// comparesName reports whether an expression compares a part of a text.
func comparesName(e *code.Expr) bool {
	return e.Kind == code.Unknown && (e.Text == "in" || e.Text == "not in") || e.Kind == code.Call && slices.Contains([]string{
		"startswith", "startsWith", "endswith", "endsWith", "includes", "match", "test", "search", "fullmatch", "indexOf", "HasPrefix", "HasSuffix", "Contains",
	}, calleeText(e))
}
