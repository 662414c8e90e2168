# METADATA
# title: Role of a pipeline is an administrator
# description: |
#   A pipeline runs what is in the repository and in the packages that it downloads. When its role
#   may do everything, one bad dependency or one stolen token takes over the account and not only
#   the function that is deployed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-permissions.html
#     description: Managing permissions in AWS Lambda
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
# schemas:
#   - input: schema.stack
# custom:
#   id: deploy-role-admin
#   severity: high
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - CKV_AWS_274
#     - cfn_nag W43
#   remediation: |
#     Allow what the deployment does: update these functions, pass their roles, write to the
#     bucket of the artifacts. A permissions boundary limits roles that the pipeline creates.
package rules.deploy_role_admin

import data.deployers
import data.lib.iam
import data.lib.text
import data.lib.trust
import data.managed_policies

deny contains {"at": policy.at, "message": $"{role.id}, the role of {users}, has {name} and {managed_policies.admin[name]}"} if {
	some i, role in input.roles
	users := text.names(pipelines[i])
	some policy in role.managed_policies.items
	name := iam.aws_managed(policy.value)
	managed_policies.admin[name]
}

# The partition, and with it the start of the ARN, is often not known before deployment.
deny contains {"at": policy.at, "message": $"{role.id}, the role of {users}, has {name} and {managed_policies.admin[name]}"} if {
	some i, role in input.roles
	users := text.names(pipelines[i])
	some policy in role.managed_policies.items
	name := iam.aws_managed(policy.suffix)
	managed_policies.admin[name]
}

deny contains {"at": action.at, "message": $"{role.id}, the role of {users}, allows every action on everything"} if {
	some i, role in input.roles
	users := text.names(pipelines[i])
	some statement in role.statements.items
	on_everything(statement)
	some action in statement.actions.items
	iam.every_action(action.value)
}

# Who can give any role to a function has the permissions of all roles.
deny contains {"at": action.at, "message": $"{role.id}, the role of {users}, allows every action of Lambda and passing every role"} if {
	some i, role in input.roles
	users := text.names(pipelines[i])
	some statement in role.statements.items
	on_everything(statement)
	some action in statement.actions.items
	lower(action.value) in {"iam:passrole", "iam:pass*", "iam:*"}
	some other in role.statements.items
	other.effect.value == "Allow"
	some second in other.actions.items
	lower(second.value) == "lambda:*"
}

on_everything(statement) if {
	statement.effect.value == "Allow"
	some resource in statement.resources.items
	resource.value == "*"
	not statement.conditions.unknown
	count(statement.conditions.items) == 0
}

# pipelines are, for every role, the CI systems that it trusts.
pipelines[i] contains deployers.services[principal.value.value] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
}

pipelines[i] contains deployers.identity_providers[trust.provider(principal.value.value)] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Federated"
}

pipelines[i] contains deployers.identity_providers[trust.provider(principal.value.suffix)] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Federated"
}

# The provider is often declared in the same stack, and its ARN not known. Conditions name it too.
pipelines[i] contains deployers.identity_providers[trust.issuer(lower(condition.key.value))] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some condition in statement.conditions.items
}
