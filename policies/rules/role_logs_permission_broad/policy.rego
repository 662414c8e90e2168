# METADATA
# title: Execution role allows access to every log group
# description: |
#   A function that can write to the log groups of other functions can forge their log entries, and
#   a function that can read them sees everything that they log. The rule does not flag the managed
#   policy AWSLambdaBasicExecutionRole, which also allows writing to every log group.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
#     description: Sending Lambda function logs to CloudWatch Logs
# schemas:
#   - input: schema.stack
# custom:
#   id: role-logs-permission-broad
#   severity: low
#   category: identity
#   profile: strict
#   practices: [3b, 15b]
#   yields_to: [role-delete-logs-allowed]
#   since: v0.1.0
#   cwe: [CWE-117]
#   peers: []
#   remediation: |
#     Restrict `logs:CreateLogStream` and `logs:PutLogEvents` to the log group of the function: its
#     ARN followed by `:*`.
package rules.role_logs_permission_broad

import data.iam_risks
import data.lib.grants
import data.lib.trust

deny contains {"at": grant.at, "key": $"{grant.name}", "message": $"{role.id} ({grants.purpose[i]}) allows {grant.name} on every log group"} if {
	some i, role in input.roles
	not role.id in at_the_edge
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.logs)) > 0
}

# Lambda@Edge writes logs in the region that is closest to the caller.
at_the_edge contains role.id if {
	some role in input.roles
	trust.edge_role(role)
}
