# METADATA
# title: Log group has no retention period
# description: |
#   Logs that never expire cost more every month. They also keep personal data longer than it is
#   needed.
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
#   practices: [15b]
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
#     title: Set the retention period to 365 days
#     unsafe: CloudWatch Logs deletes log events that are older than 365 days
#     set: 365
#   remediation: |
#     Set the retention period (`retention_in_days`, `RetentionInDays`) to the number of days for
#     which you need the logs, for example 365.
package rules.log_group_retention_missing

deny contains {"at": group.retention.at, "message": $"{group.id} has no retention period: its logs never expire"} if {
	some group in input.log_groups
	group.retention.absent
	group.class.value != "DELIVERY" # keeps logs for a day, whatever the retention period
}

# In Terraform, 0 means that logs never expire.
deny contains {"at": group.retention.at, "message": $"{group.id} has a retention period of 0 days: its logs never expire"} if {
	some group in input.log_groups
	startswith(group.type, "aws_")
	group.retention.value == 0
	group.class.value != "DELIVERY"
}
