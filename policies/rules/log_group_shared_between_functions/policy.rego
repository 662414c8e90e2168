# METADATA
# title: Functions share a log group
# description: |
#   All functions that share the log group need permission to write to it, so one of them can
#   forge the log events of another. Retention and access cannot differ between them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
#     description: Configuring CloudWatch log groups
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-shared-between-functions
#   severity: info
#   category: observability
#   profile: all
#   practices: [15a]
#   since: v0.1.0
#   cwe: [CWE-779]
#   peers: []
#   remediation: |
#     Give each function its own log group, or log as JSON so that the function of each log
#     event can be identified.
package rules.log_group_shared_between_functions

import data.lib.text

deny contains {"at": group.at, "message": $"{group.id} is the log group of {text.names(functions)}"} if {
	some g, users in sharing
	group := input.log_groups[g]
	functions := {input.functions[f].id | some f in users} # a function can have several variants
	count(functions) > 1
}

# The log group is not in the template.
deny contains {"at": first.logging.group.at, "message": $"{first.id} shares the log group {name} with {text.names(others)}"} if {
	some name, users in sharing_elsewhere
	first := input.functions[sort(users)[0]]
	others := {input.functions[f].id | some f in users} - {first.id}
	count(others) > 0
}

# sharing are, for every log group, the functions that name it.
sharing[g] contains f if {
	some f, fn in input.functions
	not fn.logging.unknown
	count({input.log_groups[g].id | some g in fn.logging.group.targets}) == 1 # maybe in several variants
	some g in fn.logging.group.targets
}

sharing_elsewhere[fn.logging.group.value] contains f if {
	some f, fn in input.functions
	count(fn.logging.group.targets) == 0
}
