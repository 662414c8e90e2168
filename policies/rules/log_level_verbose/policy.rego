# METADATA
# title: Log level is DEBUG or TRACE
# description: |
#   Debug logs often contain whole requests and responses with personal data and credentials,
#   and cost more than the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
#     description: Log-level filtering
# schemas:
#   - input: schema.stack
# custom:
#   id: log-level-verbose
#   severity: low
#   category: observability
#   profile: strict
#   practices: [15c]
#   since: v0.1.0
#   cwe: [CWE-532]
#   peers:
#     - Config LAMBDA_FUNCTION_APPLICATION_LOG_LEVEL_CHECK
#     - Config LAMBDA_FUNCTION_SYSTEM_LOG_LEVEL_CHECK
#   fix:
#     title: Set the log level to INFO
#     set: {computed: true}
#   remediation: |
#     Set the log level to `INFO` or above in production.
package rules.log_level_verbose

import data.lib.environments

deny contains {"at": fn.logging.application_level.at, "message": $"{fn.id} has the application log level {fn.logging.application_level.value}", "set": "INFO"} if {
	some fn in input.functions
	fn.logging.application_level.value in {"DEBUG", "TRACE"}
	not fn.logging.format.value == "Text" # log-level-with-text-format
}

deny contains {"at": fn.logging.system_level.at, "message": $"{fn.id} has the system log level DEBUG", "set": "INFO"} if {
	some fn in input.functions
	fn.logging.system_level.value == "DEBUG"
	not fn.logging.format.value == "Text"
}

deny contains {"at": variable.at, "message": $"{id} has the log level {variable.value} in {variable.key}", "key": variable.key, "set": like(variable.value)} if {
	some id, variables in environments.variables
	some variable in variables
	variable.key in {"LOG_LEVEL", "POWERTOOLS_LOG_LEVEL"}
	upper(variable.value) in {"DEBUG", "TRACE"}
}

# like is INFO as the template spells levels.
like(level) := "info" if level == lower(level)

like(level) := "INFO" if level != lower(level)
