# METADATA
# description: What the words in IAM policies mean. The functions take strings, not nodes.
package lib.iam

import data.iam_risks
import data.lib.requests

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
	service := service_of(pattern)
	names := list[service]
	[_, verb] := split(lower(pattern), ":")
	some name in names
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

# idle reports whether a condition of an identity's own policy leaves the access as broad as it is.
# The identity is the same in every request, and whoever uses its credentials chooses the
# parameters of the request.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

# These keys are about the identity, its account, or a property of every request: an SDK uses TLS,
# and everything in one account is as broad as everything.
idle(_, key, _) if lower(key) in {
	"aws:principalaccount",
	"aws:principalorgid",
	"aws:principalorgpaths",
	"aws:referer",
	"aws:resourceaccount",
	"aws:resourceorgid",
	"aws:resourceorgpaths",
	"aws:securetransport",
	"aws:useragent",
}

# The credentials of a role are of one type.
idle(operator, key, values) if {
	lower(key) == "aws:principaltype"
	regex.match(`(?i)^(for(anyvalue|allvalues):)?string(equals|like)`, operator)
	some value in values
	glob.match(value, null, "AssumedRole")
}

# Any value meets the condition.
idle(operator, _, values) if {
	pattern_operator(operator)
	some value in values
	regex.match(`^[*?]*\*[*?]*$`, value)
}

idle(operator, key, values) if {
	pattern_operator(operator)
	lower(key) == "iam:passedtoservice"
	some value in values
	regex.match(`^\*+\.amazonaws\.com$`, value)
}

# Everything of a service, or of one kind, meets the condition. Keys about the source of a request
# are not about what it reaches.
idle(operator, key, values) if {
	pattern_operator(operator)
	not regex.match(`^aws:|source`, lower(key))
	some value in values
	reach(value)
}

idle(operator, _, values) if {
	regex.match(`(?i)^(for(anyvalue|allvalues):)?ipaddress(ifexists)?$`, operator)
	requests.any_address({value | some value in values})
}

# The key has the value of the policy variable in each request.
idle(operator, key, values) if {
	regex.match(`(?i)^(for(anyvalue|allvalues):)?(string|arn)(equals|like)`, operator)
	some value in values
	requests.own_variable(key, value)
}

# A negated operator on the source of a request excludes only the listed sources.
idle(operator, key, _) if {
	contains(lower(operator), "not")
	lower(key) in {"aws:sourceip", "aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"}
}

# Requests without the key meet the condition, and these keys are missing in direct requests, or
# the caller can leave them out.
idle(operator, key, _) if {
	regex.match(`(?i)ifexists$|^forallvalues:`, operator)
	regex.match(optional, lower(key))
}

idle(operator, key, values) if {
	lower(operator) == "null"
	regex.match(optional, lower(key))
	some value in values
	lower(value) == "true"
}

# These keys are present in every request of a role.
idle(operator, key, values) if {
	lower(operator) == "null"
	lower(key) in {"aws:currenttime", "aws:epochtime", "aws:tokenissuetime", "aws:viaawsservice"}
	some value in values
	lower(value) == "false"
}

idle(operator, key, values) if {
	lower(operator) in {"bool", "boolifexists"}
	lower(key) in {"aws:principalisawsservice", "aws:viaawsservice"}
	some value in values
	lower(value) == "false"
}

# A start in time does not end the access.
idle(operator, key, _) if {
	regex.match(`(?i)^(date|numeric)greaterthan`, operator)
	lower(key) in {"aws:currenttime", "aws:epochtime", "aws:tokenissuetime"}
}

# optional matches the keys that are not in every request of a role. Whoever uses the credentials
# outside of the function sends a request without a VPC, and tags are parameters of the request.
optional := concat("", [
	`^aws:(source(account|arn|owner|orgid|orgpaths|vpc|vpce|vpcarn)|vpcsourceip|calledvia(first|last)?`,
	`|vpceaccount|vpceorgid|vpceorgpaths|principalservicename(slist)?|username|referer|tagkeys)$`,
	`|^aws:requesttag/`,
])

# pattern_operator reports whether an operator compares with patterns and is not negated.
pattern_operator(operator) if regex.match(`(?i)^(for(anyvalue|allvalues):)?(stringlike|arnlike|arnequals)(ifexists)?$`, operator)

# service reports whether a principal is an AWS service, also one of a region or of China.
service(principal) if {
	not startswith(principal, "arn:")
	regex.match(`\.amazonaws\.com(\.cn)?$`, principal)
}

# anyone reports whether a principal of a function's permission is every AWS account.
anyone(principal) if principal == "*"

anyone(principal) if regex.match(`^arn:[^:]*:iam::\*:`, principal)

# aws_managed is the name of a policy that AWS maintains, without its path. It takes the ARN
# or the end of it, because the partition is often not known before deployment.
aws_managed(arn) := regex.find_all_string_submatch_n(`:iam::aws:policy/(?:[^/]+/)*([^/]+)$`, arn, 1)[0][1]
