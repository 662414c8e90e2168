# METADATA
# title: Execution role can be assumed by every principal of an account
# description: |
#   Every principal of the account that is allowed to call `sts:AssumeRole` can assume the role,
#   including principals that have nothing to do with the function. The IAM policies of that account
#   decide which principals those are, and they can change without notice.
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
#   practices: [5b, 14c]
#   yields_to: [role-trust-extra-principals]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - CKV_AWS_61
#     - KICS 09c35abf
#     - KICS 85138beb
#   remediation: |
#     Set `Principal` to the ARNs of the roles that need access. If it must be an account, require
#     an external ID or restrict `aws:PrincipalArn` in a condition.
package rules.role_trust_account_root

import data.lib.trust

deny contains {"at": principal.value.at, "key": $"{number(principal.value.value)}", "message": $"{role.id} can be assumed by every principal of account {number(principal.value.value)} (account root)"} if {
	some i in execution
	role := input.roles[i]
	some statement in role.trust.items
	lets_in(statement)
	some principal in statement.principals.items
	principal.kind.value == "AWS"
	trust.account(principal.value.value)
}

# The account ID is often unknown until deployment.
deny contains {"at": principal.value.at, "key": "an account", "message": $"{role.id} can be assumed by every principal of an account (account root)"} if {
	some i in execution
	role := input.roles[i]
	some statement in role.trust.items
	lets_in(statement)
	some principal in statement.principals.items
	principal.kind.value == "AWS"
	trust.account_ends(principal.value.prefix, principal.value.suffix)
}

lets_in(statement) if {
	trust.hands_out(statement)
	not trust.narrowed(statement.conditions, trust.whole_account)
}

number(principal) := regex.find_n(`[0-9]{12}`, principal, 1)[0]

# execution are the execution roles: those that functions refer to, and those that trust Lambda.
execution contains i if {
	some fn in input.functions
	some i in fn.role.targets
}

execution contains i if {
	some i, role in input.roles
	some statement in role.trust.items
	some principal in statement.principals.items
	principal.kind.value == "Service"
	trust.lambda(principal.value.value)
}
