# METADATA
# title: Function is subscribed to its own log group
# description: |
#   Every invocation writes log events that invoke the function again. The loop fills the log
#   group and the concurrency of the account, and its cost has no bound.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions-recursion-prevention.html
#     description: Log recursion prevention
# schemas:
#   - input: schema.stack
# custom:
#   id: subscription-filter-loop
#   severity: high
#   category: observability
#   profile: default
#   practices: [9c, 15d]
#   since: v0.1.0
#   cwe: [CWE-674]
#   peers: []
#   remediation: |
#     Subscribe a different function to the log group, or remove the subscription filter.
package rules.subscription_filter_loop

deny contains {"at": filter.destination.at, "message": $"{filter.id} sends the logs of {id} to {id} (infinite loop)"} if {
	some filter in input.subscription_filters
	receivers := {input.functions[f].id | some f in filter.destination.targets}
	count(receivers) == 1 # maybe in several variants
	some id in receivers
	logging_to(filter) == {id}
}

# logging_to are the ids of the functions whose logs a filter sends.
logging_to(filter) := by_name(filter) | by_configuration(filter)

# Without a log group in its configuration, a function logs to the group that is named like it.
by_name(filter) := {fn.id |
	some f in ({f | some f in filter.source.targets} | {f | some g in filter.group.targets; some f in input.log_groups[g].function.targets})
	fn := input.functions[f]
	fn.logging.group.absent
}

by_configuration(filter) := {fn.id |
	some fn in input.functions
	some g in filter.group.targets
	g in fn.logging.group.targets
}
