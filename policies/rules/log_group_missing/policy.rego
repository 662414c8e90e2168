# METADATA
# title: Function has no log group in the template
# description: |
#   Lambda creates the log group when the function runs for the first time. It has no retention
#   period and no encryption key, and stays when the function is deleted.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
#     description: Configuring CloudWatch log groups
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-missing
#   severity: low
#   category: observability
#   profile: strict
#   practices: [15a]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - serverless-rules aws_cloudwatch_log_group_lambda_retention
#     - serverless-rules WS1004
#     - CloudSploit lambdaLogGroups
#     - cdk-nag LambdaLogging
#   remediation: |
#     Declare a log group with the name `/aws/lambda/` and the name of the function, and a
#     retention period. If the function has already run, import or delete the existing log
#     group first.
package rules.log_group_missing

import data.lib.logs

deny contains {"at": fn.logging.group.at, "message": $"{fn.id} has no log group in the template: Lambda creates one without retention period"} if {
	some f in logs.without
	fn := input.functions[f]
	not named_wrongly(f)
}

# named_wrongly: log-group-name-mismatch reports the log group of the function.
named_wrongly(f) if {
	some g
	f in logs.meant[g]
}

named_wrongly(_) if {
	count(logs.without) == 1
	count(logs.stray) > 0
}
