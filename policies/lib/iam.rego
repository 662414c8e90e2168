# METADATA
# description: What the words in IAM policies mean. The functions take strings, not nodes.
package lib.iam

import data.iam_risks

# every_action reports whether an action of a statement is all actions of all services.
every_action(action) if regex.match(`^\*+(:\*+)?$`, action)

# service_wildcard reports whether an action of a statement is all actions of one service.
service_wildcard(action) if regex.match(`^[A-Za-z0-9-]+:\*+$`, action)

# service_of is the service of an action, in small letters.
service_of(action) := lower(split(action, ":")[0])

# matches reports whether an action of a statement stands for an action, given in small letters.
# Both wildcards count, and capitals do not.
matches(pattern, action) if like(lower(pattern), action)

like(pattern, name) if pattern == name

like(pattern, name) if {
	regex.match(`^[a-z0-9:-]*[*?][a-z0-9:*?-]*$`, pattern)
	glob.match(pattern, null, name)
}

# named are the actions of a list that an action of a statement stands for. The list has the
# names by service, all in small letters.
named(pattern, list) := {$"{service}:{name}" |
	[service, verb] := split(lower(pattern), ":")
	some name in list[service]
	like(verb, name)
}

# reach is the service all of whose resources a resource of a statement stands for, or all of one
# kind, in one account at least; "*" for all services. It is undefined for anything narrower.
reach(resource) := "*" if regex.match(`^(arn:[^:]*:)?\*+$|^arn:\*+$|^arn:[^:]*:\*+:[^:]*:[^:]*:\*+$`, resource)

reach(resource) := regex.find_all_string_submatch_n(
	`^arn:[^:]*:([a-z0-9-]+):(?:\*+|[^:]*:\*+|[^:]*:[^:]*:\*+(?:[:/]\*+)*)$`,
	resource, 1,
)[0][1]

reach(resource) := found[1] if {
	found := regex.find_all_string_submatch_n(`^arn:[^:]*:([a-z0-9-]+):[^:]*:[^:]*:([A-Za-z-]+)[:/]\*+(?:[:/](?:\*+|index|log-stream))*$`, resource, 1)[0]
	iam_risks.kinds[found[2]] == found[1]
}

# covers reports whether a reach takes in the resources of an action of a statement. It does not ask
# whether reach is in a list: OPA 1.21, with which the bundle runs, too, looks only at what is not computed there.
covers("*", action) if service_of(action)

covers(reach, action) if reach == service_of(action)

covers(reach, action) if iam_risks.resources_of[service_of(action)] == reach

# reach_between is the reach of an ARN of which only the ends are known. What is not known is
# never taken for a wildcard: it must be the partition, the region or the account.
reach_between(prefix, suffix) := reach(concat("", ["arn:aws", suffix])) if {
	prefix == "arn:"
	regex.match(`^:[a-z0-9-]+:[^:]*:[^:]*:.`, suffix)
}

reach_between(prefix, suffix) := regex.find_all_string_submatch_n(`^arn:[^:]*:([a-z0-9-]+):[^:]*:$`, prefix, 1)[0][1] if {
	regex.match(`^:\*+$`, suffix)
}

reach_between(prefix, suffix) := service if {
	kind := regex.find_all_string_submatch_n(`^:([A-Za-z-]+)[:/]\*+(?:[:/](?:\*+|index|log-stream))*$`, suffix, 1)[0][1]
	service := iam_risks.kinds[kind]
	regex.match($"^arn:([^:]*:{service}:.*)?$", prefix)
}

# idle reports whether a condition of an identity's own policy leaves everything as it is: it
# asks who the identity is, or for TLS, which every SDK uses, or takes any value.
idle(_, key, _) if lower(key) in {
	"aws:principalaccount",
	"aws:principalorgid",
	"aws:principalorgpaths",
	"aws:principaltype",
	"aws:securetransport",
}

idle(operator, _, values) if {
	regex.match(`(?i)^(ForAnyValue:)?(StringLike|ArnLike|ArnEquals)(IfExists)?$`, operator)
	some value in values
	regex.match(`^\*+$`, value)
}

# service reports whether a principal is an AWS service, also one of a region or of China.
service(principal) if regex.match(`\.amazonaws\.com(\.cn)?$`, principal)

# anyone reports whether a principal of a function's permission is every AWS account.
anyone(principal) if principal == "*"

anyone(principal) if regex.match(`^arn:[^:]*:iam::\*:`, principal)

# aws_managed is the name of a policy that AWS maintains, without its path. It takes the ARN
# or the end of it, because the partition is often not known before deployment.
aws_managed(arn) := regex.find_all_string_submatch_n(`:iam::aws:policy/(?:[^/]+/)*([^/]+)$`, arn, 1)[0][1]
