# METADATA
# title: Lambda Insights is not enabled
# description: |
#   Lambda Insights measures the memory, CPU and network of each invocation. Without it, leaks
#   and the load of an attack are visible only as errors and timeouts.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-insights.html
#     description: Using Lambda Insights
# schemas:
#   - input: schema.stack
# custom:
#   id: insights-missing
#   severity: info
#   category: observability
#   profile: all
#   practices: [11c]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - CloudSploit lambdaEnhancedMonitoring
#     - Steampipe lambda_function_cloudwatch_insights_enabled
#   remediation: |
#     Add the layer LambdaInsightsExtension of the region, and attach
#     CloudWatchLambdaInsightsExecutionRolePolicy to the execution role.
package rules.insights_missing

import data.lib.trust

deny contains {"at": fn.layers.at, "message": $"{fn.id} has no Lambda Insights"} if {
	some fn in input.functions
	fn.package_type.value == "Zip"
	not fn.layers.unknown
	every layer in fn.layers.items {
		not insights(layer)
	}
	not trust.at_edge(fn)
}

# insights reports whether a layer is, or may be, that of Lambda Insights.
insights(layer) if {
	some part in ["value", "prefix", "suffix"]
	regex.match(`:layer:LambdaInsightsExtension`, layer[part])
}

insights(layer) if {
	layer.unknown
	count(layer.targets) == 0
}
