# METADATA
# title: Log events expire within three months
# description: |
#   Intrusions are often noticed after months. By then the log events that show what happened
#   have expired.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
#     description: Working with log groups and log streams
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-retention-short
#   severity: low
#   category: observability
#   profile: all
#   practices: [15b]
#   since: v0.1.0
#   cwe: [CWE-779]
#   peers:
#     - CKV_AWS_338
#     - Guard CW_LOGGROUP_RETENTION_PERIOD_CHECK
#     - Security Hub CloudWatch.16
#   fix:
#     title: Set the retention period to 365 days
#     set: 365
#   remediation: |
#     Set the retention period (`retention_in_days`, `RetentionInDays`) to at least 90 days,
#     or send the logs to an archive.
package rules.log_group_retention_short

deny contains {"at": group.retention.at, "message": $"{group.id} has a retention period of {group.retention.value} days, which is less than 90"} if {
	some group in input.log_groups
	group.retention.value > 0
	group.retention.value < 90
	group.class.value != "DELIVERY" # keeps logs for a day, whatever the retention period
}
