# METADATA
# title: API writes full requests and responses to its logs
# description: |
#   Data tracing writes the headers and bodies of all requests and responses to CloudWatch Logs,
#   with tokens, passwords and personal data. Everyone who can read the logs can read them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
#     description: Set up CloudWatch logging for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-data-trace-enabled
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [7d, 8d, 13d]
#   since: v0.1.0
#   cwe: [CWE-532]
#   peers:
#     - CKV_AWS_276
#   fix:
#     title: Disable data tracing
#     set: false
#   remediation: |
#     Disable data tracing. Use access logs with selected fields, and enable data tracing only for
#     the time of an investigation.
package rules.api_data_trace_enabled

import data.lib.api

deny contains {"at": setting.of.data_trace.at, "message": $"{setting.id} logs full requests and responses: data tracing is enabled"} if {
	some setting in api.settings
	setting.of.data_trace.value == true
}
