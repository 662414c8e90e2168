# METADATA
# title: Log group keeps its logs for ever
# description: |
#   Logs that never expire cost more every month and keep personal data longer than anyone needs it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
#     description: Working with log groups and log streams
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-retention-missing
#   severity: low
#   category: observability
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-779]
#   peers:
#     - CKV_AWS_66
#     - Terrascan AC_AWS_0452
#     - KICS ef0b316a
#     - cfn_nag W86
#     - Guard CW_LOGGROUP_RETENTION_PERIOD_CHECK
#     - cdk-nag CloudWatchLogGroupRetentionPeriod
#     - serverless-rules WS1004
#     - Config CW_LOGGROUP_RETENTION_PERIOD_CHECK
#   fix:
#     title: Keep the logs for a year
#     set: 365
#   remediation: |
#     Set the retention to the days for which the logs are needed, 365 for example.
package rules.log_group_retention_missing

deny contains {"at": group.retention.at, "message": $"{group.id} never deletes its logs"} if {
	some group in input.log_groups
	group.retention.absent
	group.class.value != "DELIVERY" # keeps logs for a day, whatever is set
}

# Terraform writes "for ever" as 0.
deny contains {"at": group.retention.at, "message": $"{group.id} never deletes its logs"} if {
	some group in input.log_groups
	group.retention.value == 0
	group.class.value != "DELIVERY"
}
