# METADATA
# title: API stage writes no access log
# description: |
#   Access logs record who called the API, when, from which address and with which result. Without
#   them, attacks and misuse leave no trace to investigate.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
#     description: Set up CloudWatch logging for REST APIs in API Gateway
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
#     description: Configure logging for HTTP APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-access-log-missing
#   severity: low
#   category: observability
#   profile: strict
#   practices: [8d, 15e]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - Guard API_GWV2_ACCESS_LOGS_ENABLED
#     - serverless-rules aws_apigateway_stage_logging_rule
#     - serverless-rules aws_apigatewayv2_stage_logging_rule
#     - Terrascan AC_AWS_0442
#     - Config API_GWV2_ACCESS_LOGS_ENABLED
#     - CKV_AWS_76
#     - CKV_AWS_95
#     - Trivy AWS-0001
#     - Trivy AWS-0113
#     - Trivy AWS-0116
#     - KICS 1b6799eb
#     - KICS 625abc0e
#     - KICS 80d45af4
#     - KICS 06ec63e3
#     - KICS 0a994e04
#     - Terrascan AC_AWS_0012
#     - cfn_nag W69
#     - cfn_nag W46
#     - cfn_nag W45
#     - Guard API_GW_STAGE_ACCESS_LOGGING_RULE
#     - serverless-rules ES2000
#     - cdk-nag APIGWAccessLogging
#     - Security Hub APIGateway.9
#     - Prowler apigatewayv2_api_access_logging_enabled
#   remediation: |
#     Set `access_log_settings` (`AccessLogSetting`, for HTTP and WebSocket APIs
#     `AccessLogSettings`) with a log group and a JSON format.
package rules.api_access_log_missing

import data.lib.api

deny contains {"at": stage.access_log.at, "message": $"{stage.id} writes no access log"} if {
	some i in api.all_stages
	stage := input.stages[i]
	stage.access_log.absent
}

# Without a destination, the settings have no effect.
deny contains {"at": stage.access_log.at, "message": $"{stage.id} writes no access log: its settings have no destination"} if {
	some i in api.all_stages
	stage := input.stages[i]
	not stage.access_log.absent
	stage.access_log.destination.absent
}
