# METADATA
# title: IAM user has direct permissions for Lambda
# description: |
#   Permissions that are attached to single users stay when people change jobs, and a review must
#   look at every user. Users also have access keys that do not expire, unlike the sessions of a
#   role.
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
#   practices: [2a, 14c]
#   since: v0.1.0
#   cwe: [CWE-1220]
#   peers:
#     - Trivy AWS-0143
#     - CKV_AWS_40
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
#     Attach the permissions to a role that people and pipelines assume, or at least to a group.
package rules.iam_user_direct_policy

import data.lib.iam
import data.lib.text

deny contains {"at": policy.user.at, "message": $"{policy.id} gives a user direct permissions for Lambda: {text.names(actions)}"} if {
	some policy in input.user_policies
	actions := {action | some statement in policy.statements.items; some action in on_lambda(statement)}
	count(actions) > 0
}

deny contains {"at": policy.users.at, "message": $"{policy.id} gives users direct permissions for Lambda: {text.names(actions)}"} if {
	some policy in input.policies
	count(policy.users.items) > 0
	actions := {action | some statement in policy.statements.items; some action in on_lambda(statement)}
	count(actions) > 0
}

deny contains {"at": statement.at, "message": $"{user.id} has direct permissions for Lambda: {text.names(actions)}"} if {
	some user in input.users
	some statement in user.statements.items
	actions := on_lambda(statement)
	count(actions) > 0
}

deny contains {"at": policy.at, "message": $"{user.id} has direct permissions for Lambda: policy {name}", "key": $"{name}"} if {
	some user in input.users
	some policy in user.managed_policies.items
	some name in including_lambda(policy)
}

deny contains {"at": policy.at, "message": $"{attachment.id} gives users direct permissions for Lambda: policy {name}", "key": $"{name}"} if {
	some attachment in input.user_attachments
	count(attachment.users.items) > 0
	some policy in attachment.policies.items
	some name in including_lambda(policy)
}

# on_lambda returns the actions of a statement that are permissions for Lambda.
on_lambda(statement) := {action.value |
	some action in statement.actions.items
	regex.match(`(?i)^(lambda:|\*+(:\*+)?$)`, action.value)
} if {
	statement.effect.value == "Allow"
}

# including_lambda returns the names of a policy if it includes permissions for Lambda.
including_lambda(policy) := {name |
	some arn in [object.get(policy, "value", ""), object.get(policy, "suffix", "")]
	name := iam.aws_managed(arn)
	named_lambda(name)
} | {input.policies[i].id |
	some i in policy.targets
	some statement in input.policies[i].statements.items
	count(on_lambda(statement)) > 0
}

named_lambda(name) if startswith(name, "AWSLambda")

named_lambda(name) if name in {"AdministratorAccess", "PowerUserAccess"}
