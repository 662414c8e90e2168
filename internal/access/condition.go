package access

import (
	"cmp"
	"net/netip"
	"strconv"
	"strings"
	"time"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// facts are what is known of the context of requests.
type facts struct {
	values   map[string][]string // by key in small letters; empty: the key is absent
	patterns map[string]string   // of single values, by key in small letters: the wildcards stand for what is unknown
	complete bool                // other keys are absent; else unknown
}

// get returns the values of a key, and whether they are known.
func (f *facts) get(key string) (values []string, known bool) {
	if f == nil {
		return nil, false
	}
	values, known = f.values[strings.ToLower(key)]
	return values, known || f.complete
}

// better returns the more certain of two.
func better(a, b Certainty) Certainty {
	if a.rank() < b.rank() {
		return a
	}
	return b
}

// opposite returns the certainty of the contrary.
func opposite(c Certainty) Certainty {
	switch c {
	case Yes:
		return No
	case No:
		return Yes
	case Conditional, Maybe:
	}
	return c
}

func certain(is bool) Certainty {
	if is {
		return Yes
	}
	return No
}

// operator is a condition operator in its parts.
type operator struct {
	name                     string // in small letters, without Not
	forAll, forAny, ifExists bool
	negated                  bool
}

func operatorOf(text string) operator {
	var o operator
	o.name = strings.ToLower(text)
	o.name, o.forAll = strings.CutPrefix(o.name, "forallvalues:")
	if !o.forAll {
		o.name, o.forAny = strings.CutPrefix(o.name, "foranyvalue:")
	}
	o.name, o.ifExists = strings.CutSuffix(o.name, "ifexists")
	for _, family := range []string{"string", "numeric", "date", "arn"} {
		if rest, ok := strings.CutPrefix(o.name, family+"not"); ok {
			o.name, o.negated = family+rest, true
		}
	}
	if o.name == "notipaddress" {
		o.name, o.negated = "ipaddress", true
	}
	return o
}

// holds returns whether a condition is true: conditional if it depends on the request, unknown if on a value that is unknown.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
func (f *facts) holds(c *model.Condition) Certainty {
	name, known := c.Operator.Get()
	key, ok := c.Key.Get()
	if !known || !ok {
		return Conditional
	}
	o := operatorOf(name)
	values, known := f.get(key)
	switch {
	case o.name == "null" && known:
		return anyOf(c, func(want string) Certainty { return certain(strings.EqualFold(want, "true") == (len(values) == 0)) })
	case !known:
		return f.open(&o, key, c)
	case len(values) == 0:
		return certain(o.ifExists || o.forAll || o.negated && !o.forAny)
	}
	return o.given(values, c)
}

// given is holds for a key with values.
func (o *operator) given(values []string, c *model.Condition) Certainty {
	all, some := Yes, No
	for _, value := range values {
		found := anyOf(c, func(pattern string) Certainty { return o.compare(pattern, value) })
		if o.negated {
			found = opposite(found)
		}
		all, some = worse(all, found), better(some, found)
	}
	if o.forAll || o.negated && !o.forAny {
		return all
	}
	return some
}

// anyOf returns whether one of the values of a condition matches.
func anyOf(c *model.Condition, match func(value string) Certainty) Certainty {
	best := No
	if c.Values.State == tree.StateUnknown {
		best = Maybe
	}
	for i := range c.Values.Items {
		found := Maybe
		if text, ok := c.Values.Items[i].Get(); ok {
			found = match(text)
		}
		best = better(best, found)
	}
	return best
}

// open is holds for a key of which at most a pattern is known.
func (f *facts) open(o *operator, key string, c *model.Condition) Certainty {
	if f == nil || f.patterns[strings.ToLower(key)] == "" || o.name == "null" {
		return Conditional
	}
	own := f.patterns[strings.ToLower(key)]
	found := anyOf(c, func(pattern string) Certainty {
		switch o.name {
		case "stringlike":
			return covering(pattern, own)
		case "arnlike", "arnequals":
			return byParts(pattern, own, covering)
		}
		return Maybe
	})
	if o.negated {
		found = opposite(found)
	}
	return found
}

// covering returns whether a pattern matches a text of which a pattern is known.
func covering(pattern, own string) Certainty {
	if strings.Contains(pattern, "${") || len(pattern) > maxPattern || len(own) > maxPattern {
		return Conditional
	}
	left := newEffort()
	if contains(pattern, own, left) {
		return Yes
	}
	if both, ok := meet(pattern, own, left); ok && len(both) == 0 {
		return No
	}
	return Maybe
}

// byParts compares ARNs part by part.
func byParts(pattern, text string, compare func(pattern, text string) Certainty) Certainty {
	patterns, texts := strings.SplitN(pattern, ":", arnParts), strings.SplitN(text, ":", arnParts)
	if len(patterns) != arnParts || len(texts) != arnParts {
		return certain(pattern == "*" || pattern == text)
	}
	found := Yes
	for i := range patterns {
		found = worse(found, compare(patterns[i], texts[i]))
	}
	return found
}

// compare returns whether a value of a condition matches a value of a request. Values that an operator
// cannot compare, and policy variables, depend on the request.
func (o *operator) compare(pattern, value string) Certainty {
	if strings.Contains(pattern, "${") {
		return Conditional
	}
	switch o.name {
	case "stringequals", "binaryequals":
		return certain(pattern == value)
	case "stringequalsignorecase", "bool":
		return certain(strings.EqualFold(pattern, value))
	case "stringlike":
		return certain(glob(pattern, value))
	case "arnlike", "arnequals":
		return byParts(pattern, value, func(pattern, text string) Certainty { return certain(glob(pattern, text)) })
	case "ipaddress":
		return inNetwork(pattern, value)
	}
	return o.compareOrder(pattern, value)
}

// compareOrder is compare for numbers and times.
func (o *operator) compareOrder(pattern, value string) Certainty {
	family, relation := "numeric", strings.TrimPrefix(o.name, "numeric")
	if rest, ok := strings.CutPrefix(o.name, "date"); ok {
		family, relation = "date", rest
	}
	order, ok := ordered(family, value, pattern)
	if !ok {
		return Conditional
	}
	switch relation {
	case "equals":
		return certain(order == 0)
	case "lessthan":
		return certain(order < 0)
	case "lessthanequals":
		return certain(order <= 0)
	case "greaterthan":
		return certain(order > 0)
	case "greaterthanequals":
		return certain(order >= 0)
	}
	return Conditional
}

// ordered compares two numbers or two times.
func ordered(family, a, b string) (order int, ok bool) {
	if family == "date" {
		x, okX := instant(a)
		y, okY := instant(b)
		return x.Compare(y), okX && okY
	}
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return cmp.Compare(x, y), errX == nil && errY == nil
}

// instant reads a time in ISO 8601 or in seconds of the epoch.
func instant(text string) (time.Time, bool) {
	if seconds, err := strconv.ParseInt(text, 10, 64); err == nil && len(text) > len("2006") {
		return time.Unix(seconds, 0), true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// inNetwork returns whether an address, or a network, is in a network.
func inNetwork(network, address string) Certainty {
	outer, okOuter := prefixOf(network)
	inner, okInner := prefixOf(address)
	if !okOuter || !okInner {
		return Conditional
	}
	return certain(outer.Bits() <= inner.Bits() && outer.Contains(inner.Addr()))
}

func prefixOf(text string) (netip.Prefix, bool) {
	if prefix, err := netip.ParsePrefix(text); err == nil {
		return prefix, true
	}
	address, err := netip.ParseAddr(text)
	if err != nil {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(address, address.BitLen()), true
}

// factsOfRole returns what is known of the requests of a role.
func factsOfRole(r *model.Role) *facts {
	name, ok := r.Name.Get()
	path, rooted := r.Path.Get()
	if !ok || len(name) > maxPattern {
		name = "*"
	}
	if !rooted {
		path = "/*"
	}
	return &facts{
		values:   requestsOf("AssumedRole"),
		patterns: map[string]string{"aws:principalarn": "arn:aws*:iam::*:role" + path + name},
	}
}

// factsOfUser returns what is known of the requests of a user.
func factsOfUser() *facts { return &facts{values: requestsOf("User")} }

// requestsOf returns what is known of the requests of a kind of principal, which can always use TLS.
func requestsOf(kind string) map[string][]string {
	return map[string][]string{"aws:principalisawsservice": {"false"}, "aws:principaltype": {kind}, "aws:securetransport": {"true"}}
}
