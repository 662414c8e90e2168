# METADATA
# title: Role of a function allows every action
# description: |
#   A role that allows every action makes whoever takes over the function the administrator of
#   what the statement covers. One flaw in the code or in a dependency is enough for that.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-action-star
#   severity: high
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - CKV_AWS_49
#     - CKV_AWS_63
#     - cfn_nag F3
#     - cfn_nag F4
#     - cfn_nag F5
#     - Guard IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS
#   remediation: |
#     List the actions that the function calls. CloudTrail and IAM Access Analyzer can tell which
#     those are.
package rules.policy_action_star

import data.lib.grants
import data.lib.iam
import data.lib.text

deny contains {"at": action.at, "message": $"{role.id} allows every action and is the role of {text.names(users)}"} if {
	some i, role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	iam.every_action(action.value)
	users := grants.users[i]
	not administrates(i, statement.at)
}

# Every action on every resource is policy-admin-star.
administrates(i, statement) if {
	some grant in grants.everything[i]
	grant["in"] == statement
}
