# METADATA
# title: REST API stage writes no execution log
# description: |
#   Execution logs contain the errors of authorizers, validation, mappings and integrations. Without
#   them, failures before and behind the function cannot be investigated.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
#     description: Set up CloudWatch logging for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-execution-log-level
#   severity: low
#   category: observability
#   profile: strict
#   practices: [8d, 15e]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - CKV2_AWS_4
#     - KICS 7dbba512
#     - KICS 0f0fb06b
#     - Terrascan AC_AWS_0014
#     - Guard API_GW_EXECUTION_LOGGING_ENABLED
#     - cdk-nag APIGWExecutionLoggingEnabled
#     - Security Hub APIGateway.1
#     - Config API_GW_EXECUTION_LOGGING_ENABLED
#     - Prowler apigateway_restapi_logging_enabled
#   remediation: |
#     Set `logging_level` (`LoggingLevel`) to `ERROR` for all methods. The account requires a role
#     for CloudWatch Logs in the settings of API Gateway.
package rules.api_execution_log_level

import data.lib.api

deny contains {"at": stage.settings.at, "message": $"{stage.id} writes no execution log: no logging level is set"} if {
	some i in api.rest_stages
	stage := input.stages[i]
	not api.unclear_settings(i)
	not i in api.with_settings
}

deny contains {"at": setting.logging_level.at, "message": $"{stage.id} disables the execution log of the stage: the logging level is OFF"} if {
	some i in api.rest_stages
	stage := input.stages[i]
	not i in logged
	not api.unclear_settings(i)
	some setting in stage.settings.items
}

deny contains {"at": part.settings.logging_level.at, "message": $"{part.id} disables the execution log of the stage: the logging level is OFF"} if {
	some part in input.stage_settings
	some i in part.stage.targets
	i in api.rest_stages
	not i in logged
	not api.unclear_settings(i)
}

# logged are the stages of which some methods write, or may write, execution logs.
logged contains i if {
	some i, stage in input.stages
	some setting in stage.settings.items
	not setting.logging_level.value == "OFF"
}

logged contains i if {
	some part in input.stage_settings
	some i in part.stage.targets
	not part.settings.logging_level.value == "OFF"
}
