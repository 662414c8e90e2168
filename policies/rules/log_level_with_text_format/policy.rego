# METADATA
# title: Log level with the log format Text
# description: |
#   Lambda rejects a function that sets an application or system log level while its log format
#   is Text, which is also the default format. Levels apply only to the format JSON.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
#     description: Log-level filtering
# schemas:
#   - input: schema.stack
# custom:
#   id: log-level-with-text-format
#   severity: medium
#   category: observability
#   profile: default
#   practices: [11c, 15c]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint E3696
#   fix:
#     title: Set the log format to JSON
#     set: JSON
#   remediation: |
#     Set the log format (`log_format`, `LogFormat`) to `JSON`, or remove the levels.
package rules.log_level_with_text_format

import data.lib.text

deny contains {"at": fn.logging.format.at, "message": $"{fn.id} sets {text.names(levels)} with the log format Text, which Lambda rejects"} if {
	some fn in input.functions
	fn.logging.format.value == "Text"
	levels := levels_of(fn.logging)
	count(levels) > 0
}

levels_of(logging) := {name |
	some name, level in {"an application log level": logging.application_level, "a system log level": logging.system_level}
	level.value
}
