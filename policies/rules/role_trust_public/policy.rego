# METADATA
# title: Any AWS account can assume the execution role
# description: |
#   Anyone with an AWS account can assume the role and act with the permissions of the function, for
#   example read its data, secrets and queues. The attack requires no vulnerability in the code.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
#     description: Create a role to delegate permissions to an AWS service
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
#     description: AWS JSON policy elements, Principal
# schemas:
#   - input: schema.stack
# custom:
#   id: role-trust-public
#   severity: critical
#   category: identity
#   profile: default
#   practices: [5b, 13e]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - cfn_nag F2
#     - cfn_nag F6
#     - CKV_AWS_60
#     - CKV_AWS_283
#     - KICS 12b7e704
#     - KICS f80e3aa7
#     - Regula assume_role_wildcard
#   remediation: |
#     Trust only the service `lambda.amazonaws.com`. If another account must use the role, set
#     `Principal` to the ARN of its role and require an external ID.
package rules.role_trust_public

import data.lib.trust

deny contains {"at": principal.value.at, "message": $"{role.id} has a public trust policy: Principal is {principal.value.value}, so any AWS account can assume the role"} if {
	some i in execution
	role := input.roles[i]
	not trust.turned_away(role.trust, trust.assuming)
	some statement in role.trust.items
	trust.hands_out(statement)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}

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
