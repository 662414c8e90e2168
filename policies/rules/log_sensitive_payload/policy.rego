# METADATA
# title: Function logs whole events or requests
# description: |
#   A variable makes the function write whole events, request bodies or the traffic of its
#   connections to its logs. Personal data and credentials in them are readable by everyone who
#   may read the logs.
# related_resources:
#   - ref: https://docs.aws.amazon.com/powertools/python/latest/core/logger/
#     description: Logger of Powertools for AWS Lambda
#   - ref: https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/logging-slf4j.html
#     description: Logging with the SDK for Java
# schemas:
#   - input: schema.stack
# custom:
#   id: log-sensitive-payload
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [7d, 15c]
#   since: v0.1.0
#   cwe: [CWE-532]
#   peers: []
#   fix:
#     title: Switch the variable off
#     set: {computed: true}
#   remediation: |
#     Remove the variable, or set it to `false`. Log single fields of an event where the code
#     needs them.
package rules.log_sensitive_payload

import data.lib.environments

deny contains {"at": variable.at, "message": $"{id} logs whole events or requests: {variable.key} is {variable.value}", "key": variable.key, "set": off} if {
	some id, variables in environments.variables
	some variable in variables
	variable.key in {"LOG_EVENT", "LOG_REQUEST_BODY", "POWERTOOLS_LOGGER_LOG_EVENT"}
	off := opposites[lower(variable.value)]
}

# opposites are the values that switch off, by those that switch on.
opposites := {"1": "0", "true": "false", "yes": "no"}

deny contains {"at": variable.at, "message": $"{id} logs the traffic of its connections: {variable.key} contains {option}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	some option in regex.find_n(options[variable.key], variable.value, 1)
}

# options are the options that log headers, bodies or decrypted data, by the variable that has them.
options := {
	"JAVA_TOOL_OPTIONS": `(?i)(org\.apache\.http\.wire|org\.apache\.hc\.client5\.http\.wire|httpclient\.wire)=(debug|trace|all)|-Djavax\.net\.debug=(all|ssl:[a-z:]*(data|plaintext))`,
	"NODE_DEBUG": `(?i)\b(https?|tls|http2)\b`,
}
