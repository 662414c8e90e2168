# METADATA
# title: Role of a function may delete logs or stop trails
# description: |
#   Whoever takes over the function can remove what would tell of it: delete log groups, let them
#   expire in a day, or stop the account's trails. A function that only sets how long logs are kept
#   is left alone.
# related_resources:
#   - ref: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
#     description: Security best practices in CloudTrail
#   - ref: https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html
#     description: Security best practices in IAM
# schemas:
#   - input: schema.stack
# custom:
#   id: role-delete-logs-allowed
#   severity: high
#   category: identity
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   remediation: |
#     Remove the action. Where deleting logs is what the function is for, name the log groups, and
#     keep its own out of them.
package rules.role_delete_logs_allowed

import data.iam_risks
import data.lib.grants
import data.lib.iam
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may delete every log with {grant.name}"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.delete_logs)) > 0
}

# The logs of all functions have a prefix in common.
deny contains {"at": action.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may delete the logs of every function with {action.value}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.at in grants.narrowed
	some resource in statement.resources.items
	some end in ["value", "suffix"]
	regex.match(`:log-group:/aws/lambda/\*(:\*|:log-stream:\*)?$`, resource[end])
	some action in statement.actions.items
	not iam.service_wildcard(action.value)
	some name in iam.named(action.value, iam_risks.delete_logs)
	not grants.denied(i, name)
}

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may let every log expire in a day with {grant.name}"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.shorten_logs)) > 0
	count(grants.granted(i, grant, iam_risks.delete_logs)) == 0
	some other in grants.broad[i]
	other["in"] == grant["in"]
	not about_retention(other.name)
}

deny contains {"at": action.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may stop or change a trail with {action.value}"} if {
	some i, role in input.roles
	grants.users[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.at in grants.narrowed
	some action in statement.actions.items
	not iam.service_wildcard(action.value)
	some name in iam.named(action.value, iam_risks.stop_trails)
	not grants.denied(i, name)
}

# about_retention are the actions of functions that set how long logs are kept.
about_retention(action) if regex.match(`(?i)^logs:(Put|Delete)RetentionPolicy$|^logs:(CreateLogGroup|Describe.*)$`, action)
