# METADATA
# title: More than two subscription filters on a log group
# description: |
#   CloudWatch Logs accepts two subscription filters for a log group. The deployment of the
#   third fails.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
#     description: CloudWatch Logs quotas
# schemas:
#   - input: schema.stack
# custom:
#   id: subscription-filter-limit
#   severity: low
#   category: observability
#   profile: strict
#   practices: [15d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint E2529
#   remediation: |
#     Send the log group to one stream, and let several consumers read the stream.
package rules.subscription_filter_limit

deny contains {"at": filter.group.at, "message": $"{filter.id} is one of {count(ids)} subscription filters of {group}, but CloudWatch Logs accepts two"} if {
	some group, ids in filters
	count(ids) > 2
	id := sort(ids)[2]
	some filter in input.subscription_filters
	filter.id == id
}

# filters are the subscription filters that certainly exist, by their log group.
filters[group] contains filter.id if {
	some filter in input.subscription_filters
	not filter.unknown
	group := group_of(filter.group)
}

group_of(group) := id if {
	ids := {input.log_groups[g].id | some g in group.targets}
	count(ids) == 1 # maybe in several variants
	some id in ids
}

group_of(group) := group.value if count(group.targets) == 0
