# METADATA
# title: Log group of the class DELIVERY delivers to nothing
# description: |
#   A log group of the class DELIVERY keeps log events for one day and supports no queries. It
#   exists to pass logs on to S3 or Amazon Data Firehose. Without a subscription filter or a
#   delivery the logs are lost after a day.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
#     description: Log classes
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-delivery-class-without-destination
#   severity: high
#   category: observability
#   profile: default
#   practices: [15d]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   remediation: |
#     Send the logs of the group to S3 or Amazon Data Firehose, or set the class
#     (`log_group_class`, `LogGroupClass`) of a new log group to `STANDARD`. The class of an
#     existing log group cannot be changed.
package rules.log_group_delivery_class_without_destination

import data.lib.logs

deny contains {"at": group.class.at, "message": $"{group.id} has the class DELIVERY but delivers to nothing: its logs are lost after one day"} if {
	some g, group in input.log_groups
	group.class.value == "DELIVERY"
	not logs.delivered(g)
}
