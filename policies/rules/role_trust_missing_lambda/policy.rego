# METADATA
# title: Execution role does not trust Lambda
# description: |
#   Lambda cannot assume the role, so the function cannot be created, or it fails as soon as the
#   trust policy changes. Often the function has the wrong role: one that belongs to another
#   principal and has permissions that the function must not have.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: role-trust-missing-lambda
#   severity: high
#   category: identity
#   profile: default
#   practices: [5b]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   remediation: |
#     Allow `sts:AssumeRole` for the service `lambda.amazonaws.com` in the trust policy, or give the
#     function its own execution role.
package rules.role_trust_missing_lambda

import data.lib.text
import data.lib.trust

deny contains {"at": role.trust.at, "message": $"{role.id} (execution role of {text.names(functions[i])}) does not trust lambda.amazonaws.com"} if {
	some i, role in input.roles
	functions[i]
}

# functions[i] are the functions that have role i, and whose role trusts Lambda in no case.
functions[i] contains fn.id if {
	some fn in input.functions
	count(fn.role.targets) > 0
	every target in fn.role.targets {
		not may_trust_lambda(input.roles[target].trust)
	}
	some i in fn.role.targets
}

may_trust_lambda(policy) if policy.unknown

may_trust_lambda(policy) if count(policy.items) == 0

may_trust_lambda(policy) if {
	some statement in policy.items
	not statement.effect.value == "Deny"
	includes_lambda(statement)
}

includes_lambda(statement) if statement.unknown

includes_lambda(statement) if statement.principals.unknown

# NotPrincipal trusts every principal except the listed ones.
includes_lambda(statement) if not statement.not_principals.absent

includes_lambda(statement) if {
	some principal in statement.principals.items
	means_lambda(principal)
}

means_lambda(principal) if principal.value.value == "*"

means_lambda(principal) if principal.unknown

means_lambda(principal) if principal.kind.unknown

means_lambda(principal) if {
	principal.value.unknown
	not other(principal)
}

means_lambda(principal) if {
	principal.kind.value == "Service"
	trust.lambda(principal.value.value)
}

# other reports whether a principal that is unknown in part is certainly not Lambda.
other(principal) if principal.kind.value in {"AWS", "Federated"}

other(principal) if {
	contains(principal.value.prefix, ".")
	not trust.lambda(principal.value.prefix)
}
