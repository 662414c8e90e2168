# METADATA
# title: API stage has no throttling limits
# description: |
#   Without its own limits, a stage accepts as many requests as the account: by default 10,000 a
#   second, shared by all APIs. A flood of requests then runs up costs, uses the concurrency of the
#   functions and throttles the other APIs of the account.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
#     description: Throttle requests to your REST APIs
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
#     description: Throttle requests to your HTTP APIs
# schemas:
#   - input: schema.stack
# custom:
#   id: api-throttling-default
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [8e, 9c]
#   since: v0.1.0
#   cwe: [CWE-770]
#   peers:
#     - serverless-rules aws_api_gateway_method_settings_throttling_rule
#     - serverless-rules aws_apigatewayv2_stage_throttling_rule
#     - serverless-rules ES2003
#     - cdk-nag APIGWDefaultThrottling
#   remediation: |
#     Set `throttling_burst_limit` and `throttling_rate_limit` (`ThrottlingBurstLimit`,
#     `ThrottlingRateLimit`) for all methods, or for HTTP and WebSocket APIs in the default route
#     settings.
package rules.api_throttling_default

import data.lib.api

deny contains {"at": stage.settings.at, "message": $"{stage.id} has no throttling limits of its own: those of the account apply"} if {
	some i in api.all_stages
	stage := input.stages[i]
	not api.unclear_settings(i)
	not stage.route_limits.unknown
	count(stage.route_limits.items) == 0
	not i in limited
}

# limited are the stages of which some methods have, or may have, limits.
limited contains i if {
	some i, stage in input.stages
	some setting in stage.settings.items
	has_limits(setting)
}

limited contains i if {
	some part in input.stage_settings
	some i in part.stage.targets
	has_limits(part.settings)
}

has_limits(setting) if not unlimited(setting.throttling_burst)

has_limits(setting) if not unlimited(setting.throttling_rate)

unlimited(limit) if limit.absent

unlimited(limit) if limit.value == -1
