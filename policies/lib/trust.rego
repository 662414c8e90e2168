# METADATA
# description: What trust policies mean, that is, who may use a role.
package lib.trust

import data.lib.iam
import data.lib.requests

# lambda reports whether a principal, or the start of one, is the service that runs functions.
lambda(principal) if startswith(principal, "lambda.")

# edge reports whether a principal, or the start of one, is the service that copies functions to
# the edge locations.
edge(principal) if startswith(principal, "edgelambda.")

# executes reports whether a role is an execution role: functions, web functions or MicroVMs have it, or it trusts Lambda.
executes(role) if count(role.functions.targets) > 0

executes(role) if count(role.web_revisions.targets) > 0

executes(role) if count(role.microvm_images.targets) > 0

executes(role) if count(role.microvms.targets) > 0

executes(role) if {
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Service"
	some part in ["value", "prefix"]
	runs_functions(principal.value[part])
}

runs_functions(principal) if lambda(principal)

runs_functions(principal) if edge(principal)

# at_edge reports whether a function runs, or may run, on Lambda@Edge.
at_edge(fn) if {
	some i in fn.role.targets
	edge_role(input.roles[i])
}

# edge_role reports whether Lambda@Edge assumes a role, or may.
edge_role(role) if {
	some statement in role.trust.items
	some principal in statement.principals.items
	may_be_edge(principal.value)
}

may_be_edge(principal) if principal.value == edge_service

may_be_edge(principal) if {
	not principal.value
	startswith(edge_service, object.get(principal, "prefix", ""))
	endswith(edge_service, object.get(principal, "suffix", ""))
}

edge_service := "edgelambda.amazonaws.com"

# anyone reports whether a principal is every account on AWS.
anyone(kind, principal) if {
	kind in {"*", "AWS"}
	principal == "*"
}

# account reports whether a principal is a whole account.
account(principal) if regex.match(`^([0-9]{12}|arn:[^:]*:iam::[0-9]{12}:root)$`, principal)

# account_ends reports whether the ends of a principal are those of a whole account, whichever it is.
account_ends(prefix, suffix) if {
	startswith(prefix, "arn:")
	endswith(suffix, ":root")
}

# assumes reports whether an action includes one that hands out the credentials of a role.
assumes(action) if startswith(lower(action), "sts:assumerole")

assumes(action) if every_assume(action)

# every_assume reports whether an action is more than the ways to assume a role.
every_assume(action) if regex.match(`(?i)^(\*+(:\*+)?|sts:\*+)$`, action)

# hands_out reports whether a statement allows a principal to assume the role, by Action or by NotAction.
hands_out(statement) if {
	statement.effect.value == "Allow"
	some action in statement.actions.items
	assumes(action.value)
	not requests.unmet(statement.conditions)
}

hands_out(statement) if {
	statement.effect.value == "Allow"
	leaves_open(statement, assuming)
	not requests.unmet(statement.conditions)
}

# by_token reports whether a statement is about the action that exchanges a token of an OIDC identity provider for credentials.
by_token(statement) if {
	some action in statement.actions.items
	iam.matches(action.value, web_identity)
}

by_token(statement) if leaves_open(statement, {web_identity})

web_identity := "sts:assumerolewithwebidentity"

# assuming are the actions that return the credentials of a role.
assuming := {"sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"}

# leaves_open reports whether a statement with NotAction includes one of the given actions, in small letters.
leaves_open(statement, actions) if {
	not statement.not_actions.unknown
	count(statement.not_actions.items) > 0
	some action in actions
	every spared in statement.not_actions.items {
		not iam.matches(spared.value, action)
		not spared.unknown
	}
}

# narrowed reports whether a statement is, or may be, limited by a condition on the caller. Keys are
# the condition keys that do not distinguish callers: not_who or whole_account.
narrowed(conditions, _) if conditions.unknown

narrowed(conditions, keys) if {
	some condition in conditions.items
	not limits_nothing(condition, keys)
}

narrowed(conditions, _) if requests.unmet(conditions)

# Another condition requires the key that one of them makes optional.
narrowed(conditions, keys) if {
	some condition in conditions.items
	some other in conditions.items
	requests.same_key(condition, other)
	lower(other.operator.value) == "null"
	not all_values(other, "true")
	operator := regex.replace(condition.operator.value, `(?i)^forallvalues:|ifexists$`, "")
	operator != condition.operator.value
	not limits_nothing({"operator": {"value": operator}, "key": condition.key, "values": condition.values}, keys)
}

# limits_nothing reports whether every caller who wants to can meet a condition.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
limits_nothing(condition, keys) if lower(condition.key.value) in keys

limits_nothing(condition, keys) if {
	keys == not_who
	regex.match(own_choice, lower(condition.key.value))
}

# A negated operator excludes only the listed callers, and callers without the key meet it. Null
# requires only that a caller has some value, or none.
limits_nothing(condition, _) if {
	regex.match(`(?i)not|^null$`, condition.operator.value)
	not for_services(condition)
}

# for_services reports whether a condition leaves, or may leave, only services of AWS that act by themselves.
for_services(condition) if {
	regex.match(`^aws:principalservicename(slist)?$`, lower(condition.key.value))
	lower(condition.operator.value) == "null"
	not all_values(condition, "true")
}

# The key has the value of the policy variable in each request.
limits_nothing(condition, _) if {
	regex.match(`(?i)^(for(anyvalue|allvalues):)?(string|arn)(equals|like)`, condition.operator.value)
	some value in condition.values.items
	requests.own_variable(condition.key.value, value.value)
}

# With IfExists and ForAllValues, requests without the key meet the condition.
limits_nothing(condition, _) if {
	regex.match(`(?i)ifexists$|^forallvalues:`, condition.operator.value)
	regex.match(optional, lower(condition.key.value))
}

limits_nothing(condition, _) if {
	regex.match(`(?i)like|^(for(anyvalue|allvalues):)?arnequals`, condition.operator.value)
	some value in condition.values.items
	any_value(lower(condition.key.value), value.value)
}

limits_nothing(condition, keys) if {
	keys == whole_account
	lower(condition.key.value) == "aws:principalarn"
	regex.match(`(?i)like|^(for(anyvalue|allvalues):)?arnequals`, condition.operator.value)
	some value in condition.values.items
	regex.match(`^arn:[^:]*:(iam|sts|\*)::[^:]*:(\*|[a-z-]+/\*)$`, value.value)
}

limits_nothing(condition, _) if {
	regex.match(`(?i)^(for(anyvalue|allvalues):)?ipaddress`, condition.operator.value)
	requests.any_address({value.value | some value in condition.values.items})
}

# Requests from users and roles have the value false.
limits_nothing(condition, _) if {
	lower(condition.key.value) in {"aws:principalisawsservice", "aws:viaawsservice"}
	some value in condition.values.items
	lower(value.value) == "false"
}

# own_choice matches the condition keys whose value a caller of another account chooses: tags of
# the caller and of the session, names of users, addresses in a VPC.
own_choice := `^aws:(principaltag|requesttag)/|^aws:(tagkeys|principaltype|username|vpcsourceip)$`

# optional matches the condition keys that are missing in some requests: those of accounts without
# an organization, outside of a VPC, from a VPC endpoint, and direct requests without a service.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
optional := concat("", [
	`^aws:(principalorgid|principalorgpaths|source(account|arn|owner|orgid|orgpaths|identity|ip|vpc|vpce|vpcarn)|vpcsourceip`,
	`|vpceaccount|vpceorgid|vpceorgpaths|calledvia(first|last)?|principalservicename(slist)?|federatedprovider|referer|tagkeys)$`,
	`|^aws:(principaltag|requesttag)/|^sts:(externalid|sourceidentity|transitivetagkeys)$`,
])

# any_value reports whether a pattern of a key matches the values of callers that are not named.
any_value(_, pattern) if regex.match(`^[*?]*\*[*?]*$`, pattern)

any_value(key, pattern) if {
	regex.match(`^aws:(principal|source|vpce)(account|owner)$`, key)
	regex.match(`^[*?]+$`, pattern)
}

any_value(key, pattern) if {
	regex.match(`^aws:(principal|source|vpce)org(id|paths)$`, key)
	regex.match(`^(o-)?\*[-or*?/]*$`, pattern)
}

any_value("aws:userid", pattern) if regex.match(`^(A[A-Z]{3})?\*+(:\*+)?$`, pattern)

any_value(key, pattern) if {
	key in {"aws:sourcevpc", "aws:sourcevpce"}
	regex.match(`^vpce?-[*?]*\*[*?]*$|^vpce?-[?]{17}$`, pattern)
}

any_value(key, pattern) if {
	endswith(key, "arn")
	regex.match(`^arn:(\*+|[^:]*:\*+|[^:]*:[^:]*:\*+|[^:]*:[^:]*:[^:]*:\*+|[^:]*:[^:]*:[^:]*:[*?]+:\*[*:/]*)$`, pattern)
}

# In every account there can be a resource with the same name.
any_value(key, pattern) if {
	endswith(key, "arn")
	own := concat("", [`(?i)\$\{`, trim_suffix(key, "arn"), `account\}`]) # the account of the ARN itself, in each request
	parts := split(regex.replace(pattern, own, "*"), ":")
	count(parts) > 5
	regex.match(`^[*?]*\*[*?]*$|^[?]{12}$`, parts[4])
	parts[2] in named_freely
}

# named_freely are the services of which the owner chooses the names of resources that invoke, send
# or assume. Names of buckets are unique, and other services generate identifiers.
named_freely := {"codebuild", "codepipeline", "events", "iam", "lambda", "logs", "scheduler", "sns", "sqs", "states", "sts"}

# The ARN of a bucket has no account.
any_value(key, pattern) if {
	endswith(key, "arn")
	regex.match(`^arn:[^:]*:s3:[^:]*:[^:]*:\*+(/\*+)?$`, pattern)
}

# not_who are the condition keys that every caller can satisfy, whatever the values.
not_who := {
	"aws:currenttime", "aws:epochtime", "aws:multifactorauthage", "aws:multifactorauthpresent", "aws:referer",
	"aws:requestedregion", "aws:securetransport", "aws:sourceidentity", "aws:tokenissuetime", "aws:useragent",
	"sts:durationseconds", "sts:rolesessionname", "sts:sourceidentity", "sts:transitivetagkeys",
}

# whole_account are the condition keys that do not distinguish the principals of an account.
whole_account := {
	"aws:currenttime", "aws:epochtime", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
	"aws:referer", "aws:requestedregion", "aws:securetransport", "aws:tokenissuetime", "aws:useragent",
	"sts:durationseconds", "sts:rolesessionname", "sts:sourceidentity",
}

# turned_away reports whether another statement denies, or may deny, one of the given actions (in
# small letters) to all callers that the policy does not name. A Deny for listed callers does not.
turned_away(statements, actions) if {
	some statement in statements.items
	not statement.effect.value == "Allow"
	denies_action(statement, actions)
	denies_others(statement)
	every condition in statement.conditions.items {
		hits_others(condition)
	}
}

denies_action(statement, _) if statement.actions.unknown

denies_action(statement, _) if statement.not_actions.unknown

denies_action(statement, _) if {
	some action in statement.actions.items
	action.unknown
}

denies_action(statement, actions) if {
	some pattern in statement.actions.items
	some action in actions
	iam.matches(pattern.value, action)
}

denies_action(statement, actions) if {
	some spared in statement.not_actions.items
	spared
	some action in actions
	not spares(statement, action)
}

spares(statement, action) if {
	some spared in statement.not_actions.items
	iam.matches(spared.value, action)
}

denies_others(statement) if statement.principals.unknown

denies_others(statement) if statement.not_principals.unknown

denies_others(statement) if count(statement.not_principals.items) > 0

denies_others(statement) if {
	some principal in statement.principals.items
	everyone(principal)
}

everyone(principal) if principal.value.value == "*"

everyone(principal) if principal.unknown

everyone(principal) if {
	principal.value.unknown
	not principal.value.prefix
	not principal.value.suffix
}

# hits_others reports whether callers that a condition does not name meet it, whatever they do.
hits_others(condition) if condition.unknown

hits_others(condition) if condition.operator.unknown

hits_others(condition) if condition.key.unknown

hits_others(condition) if requests.always(condition)

hits_others(condition) if {
	not lower(condition.key.value) in not_who
	not regex.match(own_choice, lower(condition.key.value))
	regex.match(`(?i)not`, condition.operator.value)
}

hits_others(condition) if {
	not lower(condition.key.value) in not_who
	regex.match(`(?i)^null$`, condition.operator.value)
	not all_values(condition, "false")
}

hits_others(condition) if {
	lower(condition.key.value) in {"aws:principalisawsservice", "aws:viaawsservice"}
	not all_values(condition, "true")
}

# Every caller has these keys.
hits_others(condition) if {
	lower(condition.key.value) in {"aws:principalarn", "aws:principalaccount", "aws:userid"}
	regex.match(`(?i)like|^(for(anyvalue|allvalues):)?arnequals`, condition.operator.value)
	some value in condition.values.items
	any_value(lower(condition.key.value), value.value)
}

all_values(condition, text) if {
	not condition.values.unknown
	every value in condition.values.items {
		lower(value.value) == text
	}
}

# provider is the host of an identity provider, from the ARN of the provider or the end of it.
provider(arn) := regex.find_all_string_submatch_n(`:oidc-provider/(.+)$`, arn, 1)[0][1]

# issuer is the host of an identity provider, from a condition key about its tokens.
issuer(key) := substring(key, 0, (count(key) - count(claim(key))) - 1) if contains(key, ".")

# claim is what a condition key asks of a token.
claim(key) := regex.find_n(`[^:]+$`, key, 1)[0]

# any_repository reports whether the subject of a CI system's token, a pattern with * and ?, includes
# repositories that the pattern does not name.
any_repository(host, subject) if {
	host in {"token.actions.githubusercontent.com", "gitlab.com"}
	regex.match(`^[*?]`, subject)
}

any_repository("token.actions.githubusercontent.com", subject) if regex.match(`^repo:[^:]*\*`, subject)

any_repository("gitlab.com", subject) if regex.match(`^project_path:[^:]*\*`, subject)
