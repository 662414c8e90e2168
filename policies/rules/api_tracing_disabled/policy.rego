# METADATA
# title: REST API stage does not trace requests
# description: |
#   X-Ray traces a request from the API through the function to the services behind it. Without
#   tracing in the API, traces start in the function and do not show authorizers, throttling and the
#   latency of the API.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-xray.html
#     description: Trace user requests to REST APIs using X-Ray
# schemas:
#   - input: schema.stack
# custom:
#   id: api-tracing-disabled
#   severity: low
#   category: observability
#   profile: strict
#   practices: [8d]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - serverless-rules aws_apigateway_stage_tracing_rule
#     - CKV_AWS_73
#     - Trivy AWS-0003
#     - Trivy AWS-0111
#     - KICS 5813ef56
#     - KICS 4ab10c48
#     - KICS c757c6a3
#     - Terrascan AC_AWS_0015
#     - serverless-rules WS2002
#     - cdk-nag APIGWXrayEnabled
#     - Security Hub APIGateway.3
#   fix:
#     title: Enable X-Ray tracing
#     set: true
#   remediation: |
#     Set `xray_tracing_enabled` (`TracingEnabled`) to true.
package rules.api_tracing_disabled

import data.lib.api

deny contains {"at": stage.tracing.at, "message": $"{stage.id} does not trace requests with X-Ray"} if {
	some i in api.rest_stages
	stage := input.stages[i]
	not api.of_deployment(stage)
	stage.tracing.value == false
}

# The stage of a deployment may have no block for the setting.
deny contains {"at": stage.at, "message": $"{stage.id} does not trace requests with X-Ray"} if {
	some i in api.rest_stages
	stage := input.stages[i]
	api.of_deployment(stage)
	stage.tracing.value == false
}
