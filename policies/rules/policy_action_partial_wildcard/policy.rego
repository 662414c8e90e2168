# METADATA
# title: Execution role allows write actions by wildcard
# description: |
#   A wildcard in an action name, such as `s3:Put*`, allows more than the function calls. It also
#   includes every matching action that AWS adds later. The rule does not flag wildcards that match
#   only read actions.
# related_resources:
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
# schemas:
#   - input: schema.stack
# custom:
#   id: policy-action-partial-wildcard
#   severity: low
#   category: identity
#   profile: strict
#   practices: [3a]
#   yields_to:
#     - policy-assume-any-role
#     - policy-code-signing-bypass
#     - policy-credentials-exposure
#     - policy-data-exfiltration
#     - policy-durable-callback-any
#     - policy-invoke-any-function
#     - policy-kms-decrypt-any
#     - policy-lambda-admin
#     - policy-microvm-access-any
#     - policy-pass-capacity-provider-wildcard
#     - policy-passrole-wildcard
#     - policy-permissions-management
#     - policy-privilege-escalation
#     - role-delete-logs-allowed
#     - role-logs-permission-broad
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cfn_nag F3
#     - cfn_nag F4
#     - cfn_nag F5
#     - cdk-nag AwsSolutions-IAM5
#   remediation: |
#     Replace the wildcard with the actions that the function calls.
package rules.policy_action_partial_wildcard

import data.iam_actions
import data.lib.actions
import data.lib.grants
import data.lib.iam
import data.lib.sam

deny contains {"at": action.at, "key": action.value, "message": $"{role.id} ({grants.purpose[i]}) allows {action.value}: the wildcard is not limited to read actions"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.at in grants.starred
	some action in statement.actions.items
	regex.match(`^[A-Za-z0-9-]+:[^:]*[*?]`, action.value)
	not iam.service_wildcard(action.value)
	not actions.reads(action.value)
	not sam.wrote(i, action.value)
	not iam.service_of(action.value) in iam_actions.harmless
}
