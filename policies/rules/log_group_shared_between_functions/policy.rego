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
#   since: v0.1.0
#   cwe: [CWE-779]
#   peers: []
#   remediation: |
#     Give each function its own log group, or log as JSON so that the function of each log
#     event can be identified.
package rules.log_group_shared_between_functions

import data.lib.text

deny contains {"at": at, "message": $"{group} is the log group of {text.names(functions)}"} if {
	some group, users in sharing
	functions := {input.functions[f].id | some f in users}
	count(functions) > 1
	some at in places(group, users)
}

# sharing are, for every log group that functions name, the functions.
sharing[name] contains f if {
	some f, fn in input.functions
	not fn.logging.unknown
	name := name_of(fn.logging.group)
}

name_of(group) := input.log_groups[group.targets[0]].id if count(group.targets) == 1

name_of(group) := group.value if count(group.targets) == 0

# The log group is reported, or its use by the first function if it is not in the template.
places(name, _) := {group.at | some group in input.log_groups; group.id == name} if name in declared

places(name, users) := {input.functions[first].logging.group.at} if {
	not name in declared
	first := [f | some f in users][0]
}

declared := {group.id | some group in input.log_groups}
