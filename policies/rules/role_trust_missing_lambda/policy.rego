# METADATA
# title: Role of a function does not trust Lambda
# description: |
#   Lambda cannot assume the role, so the function cannot be created, or fails as soon as the
#   trust policy is changed. Often the wrong role was given to the function, one that somebody
#   else uses and that has permissions that the function should not have.
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
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers: []
#   remediation: |
#     Allow sts:AssumeRole to the service lambda.amazonaws.com in the trust policy, or give the
#     function a role that was made for it.
package rules.role_trust_missing_lambda

import data.lib.trust

deny contains {"at": role.trust.at, "message": $"{role.id}, the role of {fn.id}, does not trust lambda.amazonaws.com"} if {
	some fn in input.functions
	count(fn.role.targets) > 0
	every i in fn.role.targets {
		not may_trust_lambda(input.roles[i].trust)
	}
	some i in fn.role.targets
	role := input.roles[i]
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

# Everybody but some.
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

# What begins differently, or is no service, is not Lambda even if the rest is not known.
other(principal) if principal.kind.value in {"AWS", "Federated"}

other(principal) if {
	contains(principal.value.prefix, ".")
	not trust.lambda(principal.value.prefix)
}
