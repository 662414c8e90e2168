# METADATA
# title: CI/CD role has administrator permissions
# description: |
#   A pipeline runs the code of its repository and of every package that it downloads. With
#   administrator permissions, one malicious dependency or one stolen token takes over the whole
#   account, not only the deployed function.
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
#   practices: [2b]
#   yields_to: [policy-admin-star]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - CKV_AWS_274
#     - cfn_nag W43
#   remediation: |
#     Allow only what the deployment does: update these functions, pass their roles, write to the
#     artifact bucket. Set a permissions boundary on roles that the pipeline creates.
package rules.deploy_role_admin

import data.deployers
import data.lib.grants
import data.lib.iam
import data.lib.text
import data.lib.trust
import data.managed_policies

deny contains {"at": policy.at, "message": $"{role.id}, assumed by {users}, has the managed policy {name}, which {managed_policies.admin[name]}", "key": $"{name}"} if {
	some i, role in input.roles
	users := text.names(pipelines[i])
	some policy in role.managed_policies.items
	count(policy.targets) == 0 # a policy of the stack is none of AWS
	name := iam.aws_managed(policy.value)
	managed_policies.admin[name]
}

# The partition, and with it the start of the ARN, is often unknown until deployment.
deny contains {"at": policy.at, "message": $"{role.id}, assumed by {users}, has the managed policy {name}, which {managed_policies.admin[name]}", "key": $"{name}"} if {
	some i, role in input.roles
	users := text.names(pipelines[i])
	some policy in role.managed_policies.items
	name := iam.aws_managed(policy.suffix)
	managed_policies.admin[name]
}

deny contains {"at": action.at, "message": $"{role.id}, assumed by {users}, has administrator permissions: it allows {action.value} on resource *", "key": $"{action.value}"} if {
	some i, role in input.roles
	users := text.names(pipelines[i])
	some statement in role.statements.items
	on_everything(statement)
	some action in statement.actions.items
	iam.every_action(action.value)
}

# A principal that can pass any role to a function has the permissions of all roles.
deny contains {"at": action.at, "message": $"{role.id}, assumed by {users}, allows {action.value} on resource * and lambda:* (privilege escalation)", "key": $"{action.value}"} if {
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
	not statement.at in grants.narrowed
}

# pipelines maps every role to the CI systems that it trusts.
pipelines[i] contains deployers.services[principal.value.value] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	some principal in statement.principals.items
	principal.kind.value == "Service"
}

pipelines[i] contains deployers.identity_providers[trust.provider(principal.value.value)] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	trust.by_token(statement)
	some principal in statement.principals.items
	principal.kind.value == "Federated"
}

pipelines[i] contains deployers.identity_providers[trust.provider(principal.value.suffix)] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	trust.by_token(statement)
	some principal in statement.principals.items
	principal.kind.value == "Federated"
}

# The ARN of a provider in the same stack is unknown until deployment. Conditions name it, too.
pipelines[i] contains deployers.identity_providers[trust.issuer(lower(condition.key.value))] if {
	some i, role in input.roles
	some statement in role.trust.items
	statement.effect.value == "Allow"
	trust.by_token(statement)
	some condition in statement.conditions.items
}
