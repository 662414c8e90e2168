# METADATA
# title: IAM user has permissions on Lambda of its own
# description: |
#   What is attached to single users is forgotten when they change their job, and nobody sees who
#   may change functions without looking at every user. Users also have keys that do not expire,
#   unlike the sessions of a role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
# schemas:
#   - input: schema.stack
# custom:
#   id: iam-user-direct-policy
#   severity: low
#   category: identity
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-1220]
#   peers:
#     - CKV_AWS_40
#     - AWS-0143
#     - KICS b4378389
#     - KICS edc95c10
#     - KICS e4239438
#     - KICS 0e5872b4
#     - Terrascan AC_AWS_0475
#     - Terrascan AC_AWS_0476
#     - cfn_nag F10
#     - cfn_nag F11
#     - cfn_nag F12
#     - Guard IAM_NO_POLICY_ON_USER
#     - Guard IAM_USER_NO_POLICIES_CHECK
#     - cdk-nag IAMUserNoPolicies
#     - Security Hub IAM.2
#   remediation: |
#     Give the permissions to a role that people and pipelines assume, or at least to a group.
package rules.iam_user_direct_policy

import data.lib.iam

deny contains {"at": policy.user.at, "message": $"{policy.id} gives a user permissions on Lambda"} if {
	some policy in input.user_policies
	some statement in policy.statements.items
	on_lambda(statement)
}

deny contains {"at": policy.users.at, "message": $"{policy.id} gives users permissions on Lambda"} if {
	some policy in input.policies
	count(policy.users.items) > 0
	some statement in policy.statements.items
	on_lambda(statement)
}

deny contains {"at": statement.at, "message": $"{user.id} has permissions on Lambda of its own"} if {
	some user in input.users
	some statement in user.statements.items
	on_lambda(statement)
}

deny contains {"at": policy.at, "message": $"{user.id} has permissions on Lambda of its own"} if {
	some user in input.users
	some policy in user.managed_policies.items
	includes_lambda(policy)
}

deny contains {"at": policy.at, "message": $"{attachment.id} gives users permissions on Lambda"} if {
	some attachment in input.user_attachments
	count(attachment.users.items) > 0
	some policy in attachment.policies.items
	includes_lambda(policy)
}

on_lambda(statement) if {
	statement.effect.value == "Allow"
	some action in statement.actions.items
	regex.match(`(?i)^(lambda:|\*+(:\*+)?$)`, action.value)
}

includes_lambda(policy) if named_lambda(iam.aws_managed(policy.value))

includes_lambda(policy) if named_lambda(iam.aws_managed(policy.suffix))

includes_lambda(policy) if {
	some i in policy.targets
	some statement in input.policies[i].statements.items
	on_lambda(statement)
}

named_lambda(name) if startswith(name, "AWSLambda")

named_lambda(name) if name in {"AdministratorAccess", "PowerUserAccess"}
