# METADATA
# title: Access log of an API is not JSON
# description: |
#   CloudWatch Logs Insights discovers the fields of JSON. Other formats require a pattern in every
#   query, and a quote in a header can break it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
#     description: Set up CloudWatch logging for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-access-log-unstructured
#   severity: info
#   category: observability
#   profile: all
#   practices: [8d, 15e]
#   since: v0.1.0
#   yields_to: [api-access-log-missing]
#   cwe: [CWE-778]
#   peers:
#     - serverless-rules aws_api_gateway_stage_structured_logging
#     - serverless-rules aws_apigatewayv2_stage_structured_logging
#     - serverless-rules WS2001
#     - cdk-nag APIGWStructuredLogging
#   remediation: |
#     Write the format as a JSON object with `$context` variables.
package rules.api_access_log_unstructured

import data.lib.api

deny contains {"at": stage.access_log.format.at, "message": $"{stage.id} writes access logs that are not JSON: {stage.access_log.format.value}"} if {
	some i in api.all_stages
	stage := input.stages[i]
	not regex.match(`(?s)^\s*\{.*\}\s*$`, stage.access_log.format.value)
}
