package access

import (
	"slices"
	"strings"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// maxGlob is the length in bytes of the longest text that is compared with a pattern. Names and actions are shorter.
const maxGlob = 1024

// glob reports whether a pattern of IAM matches a text.
func glob(pattern, text string) bool { return wildcards(pattern, text, false) }

// covers reports whether a pattern matches everything that another one matches.
func covers(pattern, other string) bool { return wildcards(pattern, other, true) }

// wildcards reports whether a pattern matches a text. If the text is a pattern, too, `?` does not match its `*`.
func wildcards(pattern, text string, isPattern bool) bool {
	if len(pattern) > maxGlob || len(text) > maxGlob {
		return pattern == text
	}
	p, t, star, from := 0, 0, -1, 0
	for t < len(text) {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			star, from = p, t
			p++
		case p < len(pattern) && isSame(pattern[p], text[t], isPattern):
			p++
			t++
		case star >= 0:
			from++
			p, t = star+1, from
		default:
			return false
		}
	}
	return strings.Trim(pattern[p:], "*") == ""
}

// isSame reports whether one character of a pattern matches one of a text, or of another pattern.
func isSame(pattern, text byte, isPattern bool) bool {
	return pattern == text || pattern == '?' && (!isPattern || text != '*')
}

// isStars reports whether a pattern matches everything.
func isStars(pattern string) bool { return pattern != "" && strings.Trim(pattern, "*") == "" }

// patterns are the actions of a statement.
type patterns struct {
	exact   map[string]string // by action in small letters: as it is written
	wild    [][2]string       // in small letters, and as they are written
	open    []string          // known beginnings of unknown actions
	unknown bool              // there may be more
	count   int
}

func patternsOf(list *model.List[model.Value[string]]) patterns {
	p := patterns{exact: map[string]string{}, unknown: list.State == tree.StateUnknown, count: len(list.Items)}
	for i := range list.Items {
		written, ok := list.Items[i].Get()
		low := strings.ToLower(written)
		switch {
		case !ok:
			prefix, _ := list.Items[i].Ends()
			p.open = append(p.open, strings.ToLower(prefix))
		case strings.ContainsAny(low, "*?"):
			p.wild = append(p.wild, [2]string{low, written})
		default:
			p.exact[low] = written
		}
	}
	return p
}

// isOpen reports whether there may be any action.
func (p *patterns) isOpen() bool { return p.unknown || slices.Contains(p.open, "") }

// match returns whether one of the patterns matches an action in small letters, and the pattern. It is empty if nothing is
// known of the action.
func (p *patterns) match(action string) (Certainty, string) {
	if written, ok := p.exact[action]; ok {
		return Yes, written
	}
	for _, pattern := range p.wild {
		if glob(pattern[0], action) {
			return Yes, pattern[1]
		}
	}
	for _, prefix := range p.open {
		if prefix != "" && strings.HasPrefix(action, prefix) {
			return Maybe, action
		}
	}
	if p.isOpen() {
		return Maybe, ""
	}
	return No, ""
}

// all returns whether one of the patterns is every action.
func (p *patterns) all() bool {
	for _, pattern := range p.wild {
		if isStars(strings.ReplaceAll(pattern[0], ":", "")) {
			return true
		}
	}
	return false
}

// rule is a statement that can be asked for actions.
type rule struct {
	*model.Statement
	actions, except patterns
	limits          Certainty // of its conditions and its existence
	dependent       bool      // a condition depends on the request
	deny            bool
	either          bool                 // its effect is unknown: it may deny
	reaches         map[string]Certainty // services of the resources; nil: its actions name their services
}

// rulesOf reads statements. serviceOf returns the service of a resource of the stack. about is what is known of the requests.
func rulesOf(statements *model.List[model.Statement], serviceOf func(id string) string, about *facts) []rule {
	rules := make([]rule, len(statements.Items))
	for i := range statements.Items {
		s := &statements.Items[i]
		effect, known := s.Effect.Get()
		r := rule{Statement: s, actions: patternsOf(&s.Actions), except: patternsOf(&s.NotActions), limits: Yes, deny: strings.EqualFold(effect, "Deny"), either: s.Effect.State == tree.StateUnknown}
		for j := range s.Conditions.Items {
			c := about.holds(&s.Conditions.Items[j])
			r.limits, r.dependent = worse(r.limits, c), r.dependent || c == Conditional
		}
		if r.limits != No && (!known || s.Conditions.State == tree.StateUnknown || s.State == tree.StateUnknown) {
			r.limits = Maybe
		}
		if r.anyService() {
			r.reaches = servicesOf(s, serviceOf)
		}
		rules[i] = r
	}
	return rules
}

// anyService reports whether the resources of a statement decide which services it is about.
func (r *rule) anyService() bool {
	return len(r.NotActions.Items) > 0 || slices.ContainsFunc(r.actions.wild, func(p [2]string) bool { return wildService(p[0]) })
}

// wildService reports whether a pattern is about several services.
func wildService(pattern string) bool {
	service, _, _ := strings.Cut(pattern, ":")
	return strings.ContainsAny(service, "*?")
}

// servicesOf returns the services of the resources of a statement; "*" for all.
func servicesOf(s *model.Statement, serviceOf func(id string) string) map[string]Certainty {
	found := map[string]Certainty{}
	if len(s.NotResources.Items) > 0 {
		found["*"] = Yes
	}
	if s.Resources.State == tree.StateUnknown {
		found["*"] = Maybe
	}
	for i := range s.Resources.Items {
		ref := &s.Resources.Items[i]
		if service := arnService(ref); service != "" {
			found[service] = Yes
			continue
		}
		for _, id := range ref.IDs {
			found[serviceOf(id)] = Yes
		}
		if len(ref.IDs) == 0 && found["*"] == "" {
			found["*"] = Maybe
		}
	}
	return found
}

// arnService returns the service in an ARN, or the beginning of one; "*" for all, empty if it is unknown.
func arnService(ref *model.Ref) string {
	text, known := ref.Get()
	if !known {
		text, _ = ref.Ends()
	}
	parts := strings.SplitN(text, ":", arnParts)
	last := parts[len(parts)-1]
	switch {
	case len(parts) > 2 && isStars(parts[2]), known && len(parts) <= 2 && isStars(last):
		return "*"
	case len(parts) > 3, len(parts) > 2 && known: // more follows the service, or nothing
		return parts[2]
	}
	return ""
}

// reach returns whether the resources of a statement are of a service.
func (r *rule) reach(service string) Certainty {
	if service == "sts" {
		service = "iam"
	}
	switch c := r.reaches[service]; {
	case r.reaches == nil, c == Yes, r.reaches["*"] == Yes:
		return Yes
	case r.reaches["*"] == Maybe:
		return Maybe
	case service == "kms" && r.reaches[""] == Yes: // no kind of resource that the model has
		return Maybe
	}
	return No
}

// matches returns whether a statement is about an action, and the element that says so.
func (r *rule) matches(action string) (Certainty, string) {
	if r.except.count == 0 && !r.except.unknown {
		return r.actions.match(action)
	}
	found, _ := r.except.match(action)
	if found == Yes {
		return No, ""
	}
	if found == No {
		return Yes, notAction
	}
	return Maybe, notAction
}

// notAction stands for the actions that a statement does not list.
const notAction = "NotAction"

// isBroad reports whether a statement is about every resource of a service, or every one of a kind.
func (r *rule) isBroad(service string) bool {
	if len(r.NotResources.Items) > 0 {
		return true
	}
	if service == "sts" {
		service = "iam" // roles
	}
	for i := range r.Resources.Items {
		if isBroad(pattern(&r.Resources.Items[i]), service) {
			return true
		}
	}
	return false
}

// pattern returns the text of a resource. An unknown part between known ends is left out.
func pattern(ref *model.Ref) string {
	if text, ok := ref.Get(); ok {
		return text
	}
	prefix, suffix := ref.Ends()
	if prefix == "" || suffix == "" {
		return ""
	}
	return prefix + suffix
}

// isBroad is isBroad for one resource. The service "*" asks for every resource of every service.
func isBroad(resource, service string) bool {
	if isStars(resource) {
		return true
	}
	parts := strings.SplitN(resource, ":", arnParts)
	if parts[0] != "arn" {
		return false
	}
	if len(parts) < arnParts { // arn:aws:s3:*
		return isStars(parts[len(parts)-1]) && (len(parts) <= 2 || service != "*" && glob(parts[2], service))
	}
	if service == "*" {
		return isStars(parts[2]) && isStars(parts[5])
	}
	return glob(parts[2], service) && isEveryName(parts[5], service)
}

// isEveryName reports whether the last part of an ARN is every resource of a service, or every one of a kind.
func isEveryName(name, service string) bool {
	_, rest, hasKind := strings.Cut(strings.ReplaceAll(name, ":", "/"), "/")
	hasKind = hasKind && !slices.Contains([]string{"s3", "s3express", "sns", "execute-api"}, service) // there a name comes first
	return isStars(name) || hasKind && isStars(strings.ReplaceAll(rest, "/", ""))
}

// arnParts is the number of the parts of an ARN.
const arnParts = 6

// isEverything reports whether a denial leaves out no resource.
func (r *rule) isEverything() bool {
	for i := range r.Resources.Items {
		if text, ok := r.Resources.Items[i].Get(); ok && isStars(text) {
			return true
		}
	}
	return false
}

// broad returns whether policies allow an action on every resource of its service, and the elements that say so.
func (q *question) broad(action string) (Certainty, []string) {
	best, by := broadly(q.identity, action)
	for _, other := range slices.Concat(q.within, q.outer) {
		c, _ := broadly(other, action)
		best = worse(best, c)
	}
	best = denied(q.granted, action, denied(q.direct, action, best))
	if best == No {
		return No, nil
	}
	return best, by
}

// broadly returns whether statements allow an action on every resource of its service, and the elements that say so.
func broadly(rules []rule, action string) (best Certainty, by []string) {
	best = No
	service, _, _ := strings.Cut(action, ":")
	for i := range rules {
		r := &rules[i]
		found, how := r.grants(action, service)
		if found == No || !r.isBroad(service) {
			continue
		}
		if found = worse(found, r.limits); found.rank() < best.rank() {
			best, by = found, nil
		}
		if found == best {
			by = append(by, how)
		}
	}
	return denied(rules, action, best), by
}

// grants returns whether a statement allows an action of a service on any resource, apart from its conditions.
func (r *rule) grants(action, service string) (Certainty, string) {
	if r.deny || r.limits == No {
		return No, ""
	}
	found, how := r.matches(action)
	if found != No && (how == notAction || wildService(how)) {
		found = worse(found, r.reach(service))
	}
	return found, how
}

// denies returns whether a statement denies an action, for some resources. A denial under a condition is conditional even
// if it may not exist: in neither case is everything allowed, or denied, for sure.
func (r *rule) denies(action string) Certainty {
	if !r.deny && !r.either || r.limits == No {
		return No
	}
	found, _ := r.matches(action)
	if found != No && r.dependent {
		return Conditional
	}
	if found = worse(found, r.limits); r.either {
		return worse(found, Maybe)
	}
	return found
}

// denied returns what the denials leave of an allowed action.
func denied(rules []rule, action string, best Certainty) Certainty {
	for i := range rules {
		switch found := rules[i].denies(action); {
		case found == Yes && rules[i].isEverything():
			return No
		case found == Maybe:
			best = worse(best, Maybe)
		case found != No:
			best = worse(best, Conditional)
		}
	}
	return best
}
