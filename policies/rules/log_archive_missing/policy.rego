# METADATA
# title: Logs of a function are not archived
# description: |
#   The logs exist only in CloudWatch Logs. They are lost when they expire, and a principal
#   that may delete the log group can remove the evidence of an attack.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions.html
#     description: Real-time processing of log data with subscriptions
# schemas:
#   - input: schema.stack
# custom:
#   id: log-archive-missing
#   severity: info
#   category: observability
#   profile: all
#   practices: [15d]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   remediation: |
#     Send the log group to a bucket that another account owns, by a subscription filter or
#     an account policy.
package rules.log_archive_missing

import data.lib.logs

deny contains {"at": group.at, "message": $"{group.id} is not sent to an archive"} if {
	some g in logs.of_functions
	group := input.log_groups[g]
	group.class.value != "DELIVERY" # log-group-delivery-class-without-destination
	not logs.delivered(g)
}
