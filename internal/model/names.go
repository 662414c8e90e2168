package model

import (
	"regexp"
	"slices"
	"strings"

	"lintel/internal/tree"
)

// byTheirNames are the collections whose resources are referred to by the attribute name, or by an ARN that ends with it.
// AWS assigns the IDs of the others.
var byTheirNames = []string{"functions", "roles", "policies", "users", "buckets", "channels", "repositories", "capacity_providers"} //nolint:gochecknoglobals // a table, never written

// assigned are the collections whose resources are referred to by an ID that AWS assigns. No input of the deployment that
// creates them contains it.
var assigned = []string{"apis", "user_pools", "graphql_apis", "load_balancers", "network_acls", "route_tables", "security_groups", "subnets", "vpcs", "vpc_endpoints"} //nolint:gochecknoglobals // a table, never written

// isElsewhere reports whether an unknown reference leads to none of a collection, whatever its value.
func (l *linker) isElsewhere(collection string, r *Ref) bool {
	switch {
	case l.isOther(collection, r):
		return true
	case r.State != tree.StateUnknown:
		return false
	case isOfOtherService(collection, patternOf(r.Value)):
		return true
	case slices.Contains(assigned, collection):
		return len(r.IDs) == 0 && r.origin != nil && len(r.origin.parameters) > 0
	case !slices.Contains(byTheirNames, collection):
		return false
	case len(r.IDs) > 0 && !l.areNamed(collection):
		return false
	}
	patterns := r.alternatives()
	if patterns == nil {
		patterns = []string{patternOf(r.Value)}
	}
	return !slices.ContainsFunc(patterns, func(pattern string) bool {
		name, ok := nameOf(collection, pattern)
		return !ok || l.mayBeNamed(collection, name)
	})
}

// services are the services in the ARNs of the resources of collections that nothing else refers to by an ARN.
var services = map[string]string{ //nolint:gochecknoglobals // a table, never written
	"buckets": "s3", "delivery_streams": "firehose", "log_groups": "logs", "policies": "iam", "repositories": "ecr", "roles": "iam", "users": "iam",
}

// serviceInARN matches the service of an ARN whose partition is known.
var serviceInARN = regexp.MustCompile(`^arn:[a-z-]+:([a-z0-9-]+):`)

// isOfOtherService reports whether the pattern of a reference is the ARN of a service that has none of the resources of a
// collection.
func isOfOtherService(collection, pattern string) bool {
	own, isListed := services[collection]
	service := serviceInARN.FindStringSubmatch(pattern)
	return isListed && service != nil && service[1] != own
}

// areNamed reports whether all resources of a collection have written names, and no other texts contain more than these, as
// those with a qualifier of a function do.
func (l *linker) areNamed(collection string) bool {
	return collection != "functions" && len(l.patterns[collection]) == len(l.targets[collection])
}

// alternatives are the literals of which an unknown reference is one; nil: it may be something else.
func (r *Ref) alternatives() []string {
	written := func(example string) bool {
		return r.origin != nil && slices.ContainsFunc(r.origin.choices, func(c tree.Choice) bool { return c.Text == example })
	}
	for _, example := range r.examples() {
		if !written(example) { // made up
			return nil
		}
	}
	return r.examples()
}

// maxCompared is the number of names in a collection above which an unknown name may be any of them: each comparison takes time.
const maxCompared = 1000

// mayBeNamed reports whether a resource of a collection may have the name that a pattern stands for. One without a written
// name has one that is generated, which nothing contains that does not refer to the resource.
func (l *linker) mayBeNamed(collection, pattern string) bool {
	names := l.patterns[collection]
	return len(names) > maxCompared || slices.ContainsFunc(names, func(name string) bool { return mayBeEqual(name, pattern) })
}

// hole stands in a pattern for an unknown part that equals no other, as a symbol may.
const hole = "${}"

// notes adds the name of a resource to those that unknown references are compared with.
func (l *linker) notes(collection string, name Value[string]) {
	if name.State != tree.StateAbsent && len(l.patterns[collection]) <= maxCompared {
		l.patterns[collection] = append(l.patterns[collection], patternOf(name))
	}
}

// patternOf returns the text of a value with ${…} for what is unknown of it.
func patternOf(v Value[string]) string {
	if literal, ok := literalOf(v); ok {
		return literal
	}
	prefix, suffix := v.Ends()
	return prefix + hole + suffix
}

// nameOf returns the name in the pattern of a reference. It is false if the pattern may be more or less than the name, or that of
// several resources.
func nameOf(collection, pattern string) (string, bool) {
	name := nameIn(collection, pattern)
	if endsInName.MatchString(name) {
		name = name[strings.LastIndexAny(name, ":/")+1:]
	}
	literal := inSymbols.ReplaceAllString(name, "")
	return name, name != "" && !strings.ContainsAny(literal, "/*?") && !strings.HasPrefix(name, "arn:")
}

// endsInName matches the patterns of ARNs that end with the name of the resource, whatever is unknown of what precedes it.
var endsInName = regexp.MustCompile(`^arn:[^:]*:(sqs|sns|iam):`)

// mayBeEqual reports whether two patterns can stand for the same text. Equal parts at their ends do not count: ${x}-a is never
// ${x}-b or ${x}, whatever x is.
func mayBeEqual(a, b string) bool {
	a, b = withoutEqualStart(a, b)
	a, b = withoutEqualEnd(a, b)
	if a == "" || b == "" {
		return inSymbols.ReplaceAllString(a+b, "") == ""
	}
	startsWithHole := strings.HasPrefix(a, "${") || strings.HasPrefix(b, "${")
	endsWithHole := strings.HasSuffix(a, "}") || strings.HasSuffix(b, "}")
	return startsWithHole && endsWithHole
}

// withoutEqualStart removes what two patterns begin with in common.
func withoutEqualStart(a, b string) (string, string) {
	for a != "" && b != "" {
		own, other := firstPart(a), firstPart(b)
		if own != other || own == hole {
			break
		}
		a, b = a[len(own):], b[len(own):]
	}
	return a, b
}

// firstPart returns the first byte of a pattern, or the first ${…}.
func firstPart(pattern string) string {
	if end := strings.IndexByte(pattern, '}'); end > 0 && strings.HasPrefix(pattern, "${") {
		return pattern[:end+1]
	}
	return pattern[:1]
}

// withoutEqualEnd removes what two patterns end with in common.
func withoutEqualEnd(a, b string) (string, string) {
	for a != "" && b != "" {
		own, other := lastPart(a), lastPart(b)
		if own != other || own == hole {
			break
		}
		a, b = a[:len(a)-len(own)], b[:len(b)-len(own)]
	}
	return a, b
}

// lastPart returns the last byte of a pattern, or the last ${…}.
func lastPart(pattern string) string {
	if start := strings.LastIndex(pattern, "${"); start >= 0 && strings.HasSuffix(pattern, "}") {
		return pattern[start:]
	}
	return pattern[len(pattern)-1:]
}
