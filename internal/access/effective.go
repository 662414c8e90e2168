package access

import (
	"regexp"
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// question contains the policies that decide on requests of a principal. An explicit denial in any of them wins.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
type question struct {
	identity []rule      // policies of the principal
	within   [][]rule    // its permissions boundary and session policies: each must allow what identity or granted allow
	outer    [][]rule    // service control policies: each must allow
	granted  []rule      // statements of resource-based policies that name the role
	direct   []rule      // statements of resource-based policies that name the session or the user: what within does not list stays allowed
	keys     []keyPolicy // of KMS keys: what they do not leave to identity, it does not allow
	across   bool        // the resource is in another account: both sides must allow
}

// all returns the layers with all statements of a question.
func (q *question) all() [][]rule {
	return slices.Concat([][]rule{q.identity}, q.within, q.outer, [][]rule{q.granted, q.direct})
}

// area is a set of resources: those that a pattern matches, without those that other patterns match.
type area struct {
	pattern   string
	unknown   bool // a part of what the pattern matches, which cannot be determined
	single    bool // unknown, but without wildcards: at most one resource
	except    []area
	certainty Certainty
	by        string

	sole, rest string // unknown, but the resource with this ID, followed by a pattern; empty: it is not one resource of the stack
}

// maxAreas is the number of areas that are compared for an action. More cannot be determined.
const maxAreas = 256

// maxEffort limits the comparisons for an action. The result of more cannot be determined.
const maxEffort = 50_000

// effort is what is left of maxEffort.
type effort int

func newEffort() *effort {
	e := effort(maxEffort)
	return &e
}

// spend reports whether there is enough left.
func (e *effort) spend(n int) bool {
	*e -= effort(n)
	return *e >= 0
}

// glob is glob with limited effort: false if it cannot be determined.
func (e *effort) glob(pattern, text string) (is, ok bool) {
	if !e.spend(1 + len(pattern)*len(text)/1024) {
		return false, false
	}
	return glob(pattern, text), true
}

// everywhere is the area that stands for resources that cannot be determined.
func everywhere(c Certainty, by string) area {
	return area{pattern: "*", unknown: true, certainty: c, by: by}
}

// areaOf returns the resources that the value of an element matches. A policy variable depends on the request.
func areaOf(v *model.Value[string]) area {
	text, known := v.Get()
	if len(text) > maxPattern || strings.Contains(text, fresh) {
		return everywhere(Yes, "")
	}
	if !known {
		prefix, suffix := v.Ends()
		return area{pattern: prefix + "*" + suffix, unknown: true, single: v.Plain(), certainty: Yes}
	}
	if from := strings.Index(text, "${"); from >= 0 {
		if to := strings.LastIndexByte(text, '}'); to > from {
			return area{pattern: text[:from] + "*" + text[to+1:], unknown: true, certainty: Conditional}
		}
	}
	return area{pattern: text, certainty: Yes}
}

// areaOfRef is areaOf for a reference to a resource of the stack.
func areaOfRef(ref *model.Ref) area {
	a := areaOf(&ref.Value)
	if id, rest, ok := ref.Sole(); ok && a.unknown && len(rest) <= maxPattern && !strings.Contains(rest, "${") {
		a.sole, a.rest = id, rest
	}
	return a
}

// areas returns the resources of a statement. An area of NotResource contains everything else.
func (r *rule) areas(c Certainty, by string) []area {
	if len(r.NotResources.Items) > 0 || r.NotResources.State == tree.StateUnknown {
		all := area{pattern: "*", certainty: c, by: by}
		for i := range r.NotResources.Items {
			all.except = append(all.except, areaOf(&r.NotResources.Items[i]))
		}
		if r.NotResources.State == tree.StateUnknown {
			all.except = append(all.except, everywhere(Yes, ""))
		}
		return []area{all}
	}
	var all []area
	for i := range r.Resources.Items {
		one := areaOfRef(&r.Resources.Items[i])
		one.certainty, one.by = worse(one.certainty, c), by
		all = append(all, one)
	}
	if r.Resources.State != tree.StateKnown || len(all) == 0 {
		all = append(all, everywhere(c, by))
	}
	return all
}

// common returns the resources that are in both areas.
func common(a, b area, left *effort) []area {
	out := area{certainty: worse(a.certainty, b.certainty), by: a.by, except: slices.Concat(a.except, b.except)}
	if a.sole != "" && a.sole == b.sole {
		return commonOfSole(&a, &b, out, left)
	}
	both, ok := meet(a.pattern, b.pattern, left)
	switch {
	case !ok:
		return []area{everywhere(worse(out.certainty, Maybe), a.by)}
	case len(both) == 0:
		return nil
	case isWithin(a, b, left):
		out.pattern, out.unknown, out.single, out.sole, out.rest = a.pattern, true, a.single, a.sole, a.rest
		return []area{out}
	case isWithin(b, a, left):
		out.pattern, out.unknown, out.single, out.sole, out.rest = b.pattern, true, b.single, b.sole, b.rest
		return []area{out}
	}
	var all []area
	for _, pattern := range both {
		one := out
		if one.pattern = pattern; a.unknown || b.unknown {
			one.unknown, one.single, one.certainty = true, a.single || b.single, worse(one.certainty, Maybe)
		}
		all = append(all, one)
	}
	return all
}

// commonOfSole is common for areas of the same resource of the stack: only what follows the resource differs.
func commonOfSole(a, b *area, out area, left *effort) []area {
	both, ok := meet(a.rest, b.rest, left)
	if !ok {
		return []area{everywhere(worse(out.certainty, Maybe), a.by)}
	}
	all := make([]area, 0, len(both))
	head := strings.TrimSuffix(a.pattern, a.rest)
	for _, rest := range both {
		one := out
		one.pattern, one.unknown, one.single, one.sole, one.rest = head+rest, true, a.single && b.single, a.sole, rest
		all = append(all, one)
	}
	return all
}

// isWithin reports whether an unknown part of a pattern is in another area, whatever it is.
func isWithin(a, b area, left *effort) bool {
	return a.unknown && !b.unknown && contains(b.pattern, a.pattern, left)
}

// within returns what is in one of the areas of each of two lists.
func within(all, others []area, left *effort) []area {
	var out []area
	for _, a := range all {
		for _, b := range others {
			out = append(out, common(a, b, left)...)
			if len(out) > maxAreas || !left.spend(1) {
				return []area{everywhere(Maybe, a.by)}
			}
		}
	}
	return out
}

// granted returns the resources on which statements allow an action, apart from denials.
func granted(rules []rule, action, service string) []area {
	var all []area
	for i := range rules {
		r := &rules[i]
		found, how := r.grants(action, service)
		if found = worse(found, r.limits); found != No {
			all = append(all, r.areas(found, how)...)
		}
	}
	return all
}

// effective returns whether policies allow an action on any resource, or on any in an area, and the elements that say so.
func (q *question) effective(action string, on ...area) (Certainty, []string) {
	service, _, _ := strings.Cut(action, ":")
	left := newEffort()
	layer := func(rules []rule) []area { return granted(rules, action, service) }
	all, direct := layer(q.identity), layer(q.direct)
	for i := range q.keys {
		all = q.keys[i].leave(all, action, service, left)
	}
	if q.across {
		all, direct = within(all, append(layer(q.granted), direct...), left), nil
	} else {
		all = append(all, layer(q.granted)...)
	}
	for _, rules := range q.within {
		all = within(all, layer(rules), left)
	}
	all = append(all, direct...)
	for _, rules := range q.outer {
		all = within(all, layer(rules), left)
	}
	if len(on) > 0 {
		all = within(all, on, left)
	}
	var denials []area
	for _, rules := range q.all() {
		for i := range rules {
			r := &rules[i]
			found := r.denies(action)
			if found == No {
				continue
			}
			areas := r.areas(found, "")
			if rest := areas[0].except; len(rest) > 0 { // it leaves only what NotResource lists
				all = leftBy(found, all, rest, left)
				continue
			}
			denials = append(denials, areas...)
		}
	}
	return remaining(all, denials, left)
}

// leftBy returns what a denial of everything but some areas leaves.
func leftBy(found Certainty, all, rest []area, left *effort) []area {
	inside := within(all, rest, left)
	if found != Yes {
		for _, a := range all {
			a.certainty = worse(a.certainty, found)
			inside = append(inside, a)
		}
	}
	if len(inside) > maxAreas {
		return []area{everywhere(Maybe, "")}
	}
	return inside
}

// remaining returns the best certainty of areas after denials, and the elements that say so.
func remaining(all, denials []area, left *effort) (best Certainty, by []string) {
	best = No
	for i := range all {
		c := all[i].after(denials, left)
		if c.rank() < best.rank() {
			best, by = c, nil
		}
		if c == best && c != No {
			by = append(by, all[i].by)
		}
	}
	return best, by
}

// after returns the certainty of an area after denials.
func (a *area) after(denials []area, left *effort) Certainty {
	denials = slices.Concat(a.except, denials)
	if a.sole != "" {
		return a.afterSole(denials, left)
	}
	return a.afterAll(denials, left)
}

// afterSole is after for a resource of the stack. Denials of the same resource differ only in what follows it.
func (a *area) afterSole(denials []area, left *effort) Certainty {
	own := area{pattern: a.rest, certainty: a.certainty}
	var same, others []area
	for _, d := range denials {
		if d.sole == a.sole {
			same = append(same, area{pattern: d.rest, certainty: d.certainty})
			continue
		}
		if d.sole == "" || !isOther(d.sole, a.sole) {
			others = append(others, d)
		}
	}
	return worse(own.afterAll(same, left), a.afterAll(others, left))
}

// isOther reports whether two IDs are those of different resources. A data source can stand for a resource that is declared as well.
func isOther(a, b string) bool {
	return base(a) != base(b) && !tree.IsData(a) && !tree.IsData(b)
}

// afterAll is after for the patterns of areas.
func (a *area) afterAll(denials []area, left *effort) Certainty {
	if len(denials) == 0 {
		return a.certainty
	}
	best := No
	texts, exact := instances(a.pattern, questions(denials))
	if !exact {
		best = Maybe
	}
	for _, text := range texts {
		c := a.certainty
		for i := 0; i < len(denials) && c != No; i++ {
			c = worse(c, denials[i].leaves(text, a, left))
		}
		if *left < 0 {
			return worse(a.certainty, Maybe)
		}
		if c.rank() < best.rank() {
			best = c
		}
	}
	if !a.unknown || best == No {
		return best
	}
	return a.undetermined(best, denials, left)
}

// undetermined is after for a resource that cannot be determined: a denial of a part of the pattern counts as well.
func (a *area) undetermined(best Certainty, denials []area, left *effort) Certainty {
	for i := range denials {
		d := &denials[i]
		both, ok := meet(d.pattern, a.pattern, left)
		switch {
		case ok && len(both) == 0:
		case !d.unknown && contains(d.pattern, a.pattern, left):
			best = worse(best, d.denial())
		default:
			best = worse(best, Maybe)
		}
	}
	return best
}

// denial returns what a denial leaves of the resources that it matches.
func (a *area) denial() Certainty {
	if a.certainty == Yes {
		return No
	}
	return a.certainty
}

// leaves returns what a denial leaves of a resource of an area.
func (a *area) leaves(text string, of *area, left *effort) Certainty {
	switch is, ok := left.glob(a.pattern, text); {
	case !ok:
		return Maybe
	case !is:
		return Yes
	case !a.unknown:
		return a.denial()
	case a.single && !of.unknown && strings.ContainsAny(of.pattern, "*?"):
		return Yes // the area has other resources
	}
	return Maybe
}

// questions returns the largest number of "?" in a pattern.
func questions(all []area) int {
	n := 0
	for i := range all {
		n = max(n, strings.Count(all[i].pattern, "?"))
	}
	return n
}

// fresh is a byte that no policy contains: only wildcards match it.
const fresh = "\x01"

// maxInstances limits the texts that stand for a pattern, and maxPattern their length.
const (
	maxInstances = 64
	maxPattern   = maxGlob / 2
)

// instances returns texts that a pattern matches, and whether they stand for all that it matches: patterns, each with at most n
// question marks, match all of the texts only if they match everything. The reason: fresh bytes are matched by wildcards only,
// and a run of more than n of them by a *, which also matches a longer run.
func instances(pattern string, n int) (all []string, exact bool) {
	pattern = stars.ReplaceAllString(pattern, "*")
	pieces := strings.Split(strings.ReplaceAll(pattern, "?", fresh), "*")
	all = []string{pieces[0]}
	exact = len(pattern)+(n+1)*len(pieces) <= maxGlob
	for _, piece := range pieces[1:] {
		from := 0
		if len(all)*(n+2) > maxInstances {
			from, exact = n+1, false
		}
		next := make([]string, 0, len(all)*(n+2-from))
		for _, text := range all {
			for length := from; length <= n+1; length++ {
				next = append(next, text+strings.Repeat(fresh, length)+piece)
			}
		}
		all = next
	}
	return all, exact
}

var stars = regexp.MustCompile(`\*+`)

// contains reports whether a pattern matches everything that another matches.
func contains(pattern, other string, left *effort) bool {
	texts, exact := instances(other, strings.Count(pattern, "?"))
	return exact && !slices.ContainsFunc(texts, func(text string) bool {
		is, _ := left.glob(pattern, text)
		return !is
	})
}

// meet returns patterns that match what both patterns match. It is false if there are too many.
func meet(a, b string, left *effort) ([]string, bool) {
	switch {
	case isStars(a):
		return []string{b}, true
	case isStars(b):
		return []string{a}, true
	case !strings.ContainsAny(a, "*?") && !strings.ContainsAny(b, "*?"):
		if a == b {
			return []string{a}, true
		}
		return nil, true
	}
	m := meeting{found: map[string]bool{}, left: left}
	m.step(a, b, "")
	all := make([]string, 0, len(m.found))
	for pattern := range m.found { // any order: it is sorted below
		all = append(all, pattern)
	}
	slices.Sort(all)
	return all, *left >= 0
}

type meeting struct {
	found map[string]bool
	left  *effort
}

// step adds what the rests of two patterns have in common after a beginning.
func (m *meeting) step(a, b, start string) {
	if !m.left.spend(1) {
		return
	}
	starA, starB := strings.HasPrefix(a, "*"), strings.HasPrefix(b, "*")
	switch {
	case starA && starB:
		m.step(a[1:], b, withStar(start))
		m.step(a, b[1:], withStar(start))
	case starA:
		m.star(a, b, start)
	case starB:
		m.star(b, a, start)
	case a == "" || b == "":
		if a == b {
			m.found[start] = true
		}
	case a[0] == b[0] || b[0] == '?':
		m.step(a[1:], b[1:], start+a[:1])
	case a[0] == '?':
		m.step(a[1:], b[1:], start+b[:1])
	}
}

// star is step for a pattern with a wildcard * in front and one without.
func (m *meeting) star(a, b, start string) {
	m.step(a[1:], b, start)
	if b != "" {
		m.step(a, b[1:], start+b[:1])
	}
}

func withStar(start string) string { return strings.TrimSuffix(start, "*") + "*" }
