# METADATA
# title: REST API stage publishes no detailed metrics
# description: |
#   Without detailed metrics, CloudWatch shows requests, errors and latency of the whole stage only,
#   and not of each method.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html
#     description: Amazon API Gateway dimensions and metrics
# schemas:
#   - input: schema.stack
# custom:
#   id: api-metrics-disabled
#   severity: info
#   category: observability
#   profile: all
#   practices: [8d]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - Terrascan AC_AWS_0007
#     - KICS 081069cb
#     - KICS 5d3c1807
#     - CloudSploit detailedCloudWatchMetrics
#   remediation: |
#     Set `metrics_enabled` (`MetricsEnabled`) to true for all methods.
package rules.api_metrics_disabled

import data.lib.api

deny contains {"at": stage.settings.at, "message": $"{stage.id} publishes no detailed metrics of its methods"} if {
	some i in api.rest_stages
	stage := input.stages[i]
	not api.unclear_settings(i)
	not i in measured
}

# measured are the stages of which some methods publish, or may publish, metrics.
measured contains i if {
	some i, stage in input.stages
	some setting in stage.settings.items
	not setting.metrics.value == false
}

measured contains i if {
	some part in input.stage_settings
	some i in part.stage.targets
	not part.settings.metrics.value == false
}
