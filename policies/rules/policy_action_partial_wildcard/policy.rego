# METADATA
# title: Role of a function allows actions by a pattern
# description: |
#   A pattern over actions that change something allows more than the function calls, and AWS adds
#   actions that join without a word. Patterns over actions that only read are left alone.
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
#   since: v0.1.0
#   cwe: [CWE-250]
#   peers:
#     - cdk-nag AwsSolutions-IAM5
#   remediation: |
#     List the actions that the function calls.
package rules.policy_action_partial_wildcard

import data.iam_actions
import data.lib.actions
import data.lib.grants
import data.lib.iam
import data.lib.text

deny contains {"at": action.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, allows whatever {action.value} stands for"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.at in grants.starred
	some action in statement.actions.items
	regex.match(`^[A-Za-z0-9-]+:[^:]*[*?]`, action.value)
	not iam.service_wildcard(action.value)
	not actions.reads(action.value)
	not iam.service_of(action.value) in iam_actions.harmless
}
