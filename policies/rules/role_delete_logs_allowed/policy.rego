# METADATA
# title: Execution role allows deleting logs or stopping CloudTrail
# description: |
#   An attacker who takes over the function can remove the evidence of the attack: delete log
#   groups, reduce their retention to one day, or stop the trails of the account. The rule does not
#   flag a function that only sets the retention of logs.
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
#   practices: [3c, 15b]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   remediation: |
#     Remove the action. If the function manages logs, restrict the action to specific log groups,
#     without the log group of the function itself.
package rules.role_delete_logs_allowed

import data.iam_risks
import data.lib.grants
import data.lib.iam

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every log group"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.delete_logs)) > 0
}

# The log groups of all functions have a common prefix.
deny contains {"at": action.at, "key": $"{action.value} /aws/lambda", "message": $"{role.id} ({grants.purpose[i]}) allows {action.value} on the log group of every function (/aws/lambda/*)"} if {
	some i, role in input.roles
	grants.users[i]
	"logs" in grants.services[i]
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

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every log group, which can reduce the retention to one day"} if {
	some i, role in input.roles
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.shorten_logs)) > 0
	count(grants.granted(i, grant, iam_risks.delete_logs)) == 0
	some other in grants.broad[i]
	other["in"] == grant["in"]
	not about_retention(other.name)
}

deny contains {"at": action.at, "key": action.value, "message": $"{role.id} ({grants.purpose[i]}) allows {action.value}, which can stop or change a CloudTrail trail"} if {
	some i, role in input.roles
	grants.users[i]
	"cloudtrail" in grants.services[i]
	some statement in role.statements.items
	statement.effect.value == "Allow"
	not statement.at in grants.narrowed
	some action in statement.actions.items
	not iam.service_wildcard(action.value)
	some name in iam.named(action.value, iam_risks.stop_trails)
	not grants.denied(i, name)
}

# about_retention reports whether an action belongs to a function that sets the retention of logs.
about_retention(action) if regex.match(`(?i)^logs:(Put|Delete)RetentionPolicy$|^logs:(CreateLogGroup|Describe.*)$`, action)
