# METADATA
# title: Log level hides errors or the records of invocations
# description: |
#   With the application log level FATAL, errors are not logged. With the system log level
#   WARN, the records of starts and reports are lost, which show when and how long the function
#   ran.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
#     description: Log-level filtering
# schemas:
#   - input: schema.stack
# custom:
#   id: log-level-off-too-high
#   severity: info
#   category: observability
#   profile: all
#   practices: [11c, 15c]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - Config LAMBDA_FUNCTION_APPLICATION_LOG_LEVEL_CHECK
#     - Config LAMBDA_FUNCTION_SYSTEM_LOG_LEVEL_CHECK
#   fix:
#     title: Set the application log level to ERROR, the system log level to INFO
#     set: {computed: true}
#   remediation: |
#     Set the application log level to `ERROR` or lower and the system log level to `INFO`.
package rules.log_level_off_too_high

deny contains {"at": fn.logging.application_level.at, "message": $"{fn.id} has the application log level FATAL: errors are not logged", "set": "ERROR"} if {
	some fn in input.functions
	fn.logging.application_level.value == "FATAL"
	fn.logging.format.value != "Text" # log-level-with-text-format
}

deny contains {"at": fn.logging.system_level.at, "message": $"{fn.id} has the system log level WARN: invocations are not logged", "set": "INFO"} if {
	some fn in input.functions
	fn.logging.system_level.value == "WARN"
	fn.logging.format.value != "Text"
}
