# METADATA
# title: Log group of no function
# description: |
#   The log group is named like that of a function, but no function of the template has the
#   name. The function logs to a different group, which Lambda creates without retention period
#   and encryption key.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
#     description: Configuring CloudWatch log groups
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-name-mismatch
#   severity: medium
#   category: observability
#   profile: strict
#   practices: [15a]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers: []
#   remediation: |
#     Name the log group `/aws/lambda/` and the name of the function, by a reference to the
#     function, or set the log group in the logging configuration of the function.
package rules.log_group_name_mismatch

import data.lib.logs
import data.lib.text

deny contains {"at": group.name.at, "message": $"{group.id} has the name {logs.text_of(group.name)}, but {text.names(functions)} has a different name"} if {
	some g, _ in logs.stray
	group := input.log_groups[g]
	functions := {input.functions[f].id | some f in logs.meant[g]}
	count(functions) > 0
}

deny contains {"at": group.name.at, "message": $"{group.id} has the name {logs.text_of(group.name)}, but no function of the template has the name {name}", "severity": "low"} if {
	some g, name in logs.stray
	group := input.log_groups[g]
	not logs.meant[g]
}
