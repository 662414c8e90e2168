# METADATA
# title: Role of a function may write or read every log
# description: |
#   A function that writes into the logs of others can forge what they did, and one that reads them
#   sees what they log. The managed policy AWSLambdaBasicExecutionRole, which allows writing
#   everywhere as well, is not reported.
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
#   since: v0.1.0
#   cwe: [CWE-117]
#   peers: []
#   remediation: |
#     Allow logs:CreateLogStream and logs:PutLogEvents on the function's own log group alone, that
#     is its ARN followed by :*.
package rules.role_logs_permission_broad

import data.iam_risks
import data.lib.grants
import data.lib.text

deny contains {"at": grant.at, "message": $"{role.id}, the role of {text.names(grants.users[i])}, may use every log with {grant.name}"} if {
	some i, role in input.roles
	not at_the_edge(role.id)
	some grant in grants.broad[i]
	count(grants.granted(i, grant, iam_risks.logs)) > 0
}

# Lambda@Edge logs in the region that is next to the caller.
at_the_edge(id) if {
	some role in input.roles
	role.id == id
	some statement in role.trust.items
	some principal in statement.principals.items
	object.get(principal.value, "value", "edgelambda.amazonaws.com") == "edgelambda.amazonaws.com"
}
