# METADATA
# title: Execution role allows every action
# description: |
#   An attacker who takes over the function can perform every action on the resources of the
#   statement, including deleting them and changing who has access to them. One vulnerability in the
#   code or in a dependency is enough. Every action on every resource is reported by
#   policy-admin-star.
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
#   practices: [3a]
#   yields_to: [policy-admin-star]
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - Trivy AWS-0114
#     - serverless-rules WS1003
#     - CKV_AWS_49
#     - CKV_AWS_63
#     - cfn_nag F3
#     - cfn_nag F4
#     - cfn_nag F5
#     - Guard IAM_ROLE_NO_WILDCARD_ACTIONS_ON_PERMISSIONS
#   remediation: |
#     List the actions that the function calls instead of `*`. CloudTrail and IAM Access Analyzer
#     show which ones it uses.
package rules.policy_action_star

import data.lib.grants
import data.lib.iam

deny contains {"at": action.at, "key": action.value, "message": $"{role.id} ({grants.purpose[i]}) allows every action: Action is {action.value}"} if {
	some i, role in input.roles
	some statement in role.statements.items
	statement.effect.value == "Allow"
	some action in statement.actions.items
	iam.every_action(action.value)
	grants.users[i]
	not administrates(i, statement.at)
}

# administrates reports whether policy-admin-star reports the statement.
administrates(i, statement) if {
	some grant in grants.everything[i]
	grant["in"] == statement
}
