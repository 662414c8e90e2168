# METADATA
# title: Log format is not JSON
# description: |
#   Lambda writes log lines as text. Queries and alarms have to parse them, and log levels
#   cannot be filtered.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
#     description: Configuring JSON and plain text log formats
# schemas:
#   - input: schema.stack
# custom:
#   id: log-format-not-json
#   severity: low
#   category: observability
#   profile: strict
#   practices: [15c]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - Config LAMBDA_FUNCTION_APPLICATION_LOG_LEVEL_CHECK
#     - Config LAMBDA_FUNCTION_SYSTEM_LOG_LEVEL_CHECK
#     - cdk-nag LambdaLogLevel
#     - Steampipe lambda_function_logging_config_enabled
#   fix:
#     title: Set the log format to JSON
#     unsafe: filters and alarms that match lines of text no longer match
#     set: JSON
#   remediation: |
#     Set the log format (`log_format`, `LogFormat`) to `JSON`.
package rules.log_format_not_json

import data.lib.trust

deny contains {"at": fn.logging.format.at, "message": $"{fn.id} logs text instead of JSON: its log format is Text"} if {
	some fn in input.functions
	fn.logging.format.value == "Text"
	fn.package_type.value == "Zip"

	# The runtimes whose logs Lambda can write as JSON.
	regex.match(`^(dotnet|java|nodejs|python)[0-9]`, fn.runtime.value)
	not has_level(fn.logging)
	not logs_json_itself(fn)
	not trust.at_edge(fn)
}

# has_level: log-level-with-text-format reports the function.
has_level(logging) if logging.application_level.value

has_level(logging) if logging.system_level.value

# Powertools for AWS Lambda writes JSON whatever the log format is.
logs_json_itself(fn) if {
	some variable in fn.environment.variables.items
	startswith(variable.key, "POWERTOOLS_")
}

logs_json_itself(fn) if {
	some layer in fn.layers.items
	some part in ["value", "prefix", "suffix"]
	regex.match(`(?i)powertools`, layer[part])
}
