# METADATA
# description: What trust policies mean, that is, who may use a role.
package lib.trust

# lambda reports whether a principal, or the start of one, is the service that runs functions.
lambda(principal) if startswith(principal, "lambda.")

# edge reports whether a principal, or the start of one, is the service that copies functions to
# the edge locations.
edge(principal) if startswith(principal, "edgelambda.")

# executes reports whether a role is an execution role: functions have it, or it trusts Lambda.
executes(role) if count(role.functions.targets) > 0

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

# narrowed reports whether a statement is, or may be, limited by a condition on who asks. The
# given keys limit nothing.
narrowed(conditions, _) if conditions.unknown

narrowed(conditions, keys) if {
	some condition in conditions.items
	not limits_nothing(condition, keys)
}

limits_nothing(condition, keys) if lower(condition.key.value) in keys

# Everybody but one, or everybody who has something at all, is still everybody.
limits_nothing(condition, _) if regex.match(`(?i)not|^null$`, condition.operator.value)

limits_nothing(condition, _) if {
	contains(lower(condition.operator.value), "like")
	not condition.values.unknown
	some value in condition.values.items
	regex.match(`^\*+$`, value.value)
}

# not_who are the condition keys that everybody can satisfy who wants to.
not_who := {
	"aws:currenttime", "aws:epochtime", "aws:multifactorauthage", "aws:multifactorauthpresent", "aws:requestedregion",
	"aws:securetransport", "aws:useragent", "sts:durationseconds", "sts:rolesessionname",
}

# whole_account are the condition keys that do not tell the principals of an account apart.
whole_account := {
	"aws:currenttime", "aws:epochtime", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths",
	"aws:requestedregion", "aws:securetransport", "aws:useragent", "sts:durationseconds", "sts:rolesessionname",
}

# provider is the host of an identity provider, from the ARN of the provider or the end of it.
provider(arn) := regex.find_all_string_submatch_n(`:oidc-provider/(.+)$`, arn, 1)[0][1]

# issuer is the host of an identity provider, from a condition key about its tokens.
issuer(key) := substring(key, 0, (count(key) - count(claim(key))) - 1) if contains(key, ".")

# claim is what a condition key asks of a token.
claim(key) := regex.find_n(`[^:]+$`, key, 1)[0]

# any_repository reports whether the subject of a CI system's token, with * and ? in it, is met by
# repositories that nobody named.
any_repository(host, subject) if {
	host in {"token.actions.githubusercontent.com", "gitlab.com"}
	regex.match(`^[*?]`, subject)
}

any_repository("token.actions.githubusercontent.com", subject) if regex.match(`^repo:[^:]*\*`, subject)

any_repository("gitlab.com", subject) if regex.match(`^project_path:[^:]*\*`, subject)
