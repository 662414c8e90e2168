# METADATA
# title: A whole account can assume the role of a function
# description: |
#   Every principal of the account that may call sts:AssumeRole can take the role, also those that
#   have nothing to do with the function. Who that is gets decided in the other account and
#   changes there without notice.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-user_externalid.html
#     description: Access to AWS accounts owned by third parties
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
#     description: AWS JSON policy elements, Principal
# schemas:
#   - input: schema.stack
# custom:
#   id: role-trust-account-root
#   severity: medium
#   category: identity
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - CKV_AWS_61
#     - KICS 09c35abf
#     - KICS 85138beb
#   remediation: |
#     Name the roles that need it. Where it must be an account, ask for an external ID or limit
#     aws:PrincipalArn in a condition.
package rules.role_trust_account_root

import data.lib.trust

deny contains {"at": principal.value.at, "message": $"{role.id} can be assumed by every principal of account {number(principal.value.value)}"} if {
	some i in execution
	role := input.roles[i]
	some statement in role.trust.items
	lets_in(statement)
	some principal in statement.principals.items
	principal.kind.value == "AWS"
	trust.account(principal.value.value)
}

# The number of the account is often put in at deployment.
deny contains {"at": principal.value.at, "message": $"{role.id} can be assumed by every principal of an account"} if {
	some i in execution
	role := input.roles[i]
	some statement in role.trust.items
	lets_in(statement)
	some principal in statement.principals.items
	principal.kind.value == "AWS"
	trust.account_ends(principal.value.prefix, principal.value.suffix)
}

lets_in(statement) if {
	statement.effect.value == "Allow"
	some action in statement.actions.items
	trust.assumes(action.value)
	not trust.narrowed(statement.conditions, trust.whole_account)
}

number(principal) := regex.find_n(`[0-9]{12}`, principal, 1)[0]

# execution are the roles that functions run with: those they name, and those made for Lambda.
execution contains i if {
	some fn in input.functions
	some i in fn.role.targets
}

execution contains i if {
	some i, role in input.roles
	some statement in role.trust.items
	some principal in statement.principals.items
	trust.lambda(principal.value.value)
}
