# METADATA
# title: Public REST API stage is in no usage plan
# description: |
#   A usage plan limits the rate and the number of requests of each customer, whom an API key
#   identifies.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
#     description: Usage plans and API keys for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-usage-plan-missing
#   severity: info
#   category: reliability
#   profile: all
#   practices: [8e]
#   since: v0.1.0
#   cwe: [CWE-770]
#   peers:
#     - KICS c999cf62
#     - KICS b3a59b8e
#     - KICS 671211c5
#     - KICS 7f8f1b60
#     - KICS 783860a3
#     - KICS 3641d5b4
#     - cfn_nag W64
#     - cfn_nag W68
#   remediation: |
#     Add the stage to a usage plan with a quota and throttling limits, and require an API key in
#     addition to authorization.
package rules.api_usage_plan_missing

import data.lib.api

deny contains {"at": stage.at, "message": $"{stage.id} is in no usage plan"} if {
	some s in api.rest_stages
	stage := input.stages[s]
	some i in stage.api.targets
	not api.may_be_private(input.apis[i])
	not s in planned
	not unclear
}

planned contains s if {
	some plan in input.usage_plans
	some item in plan.stages.items
	some s in item.stage.targets
}

planned contains s if {
	some plan in input.usage_plans
	some item in plan.stages.items
	some i in item.api.targets
	some s, stage in input.stages
	i in stage.api.targets
	not of_other_stage(item, stage)
}

of_other_stage(item, stage) if item.stage.value != stage.name.value

unclear if {
	some plan in input.usage_plans
	plan.stages.unknown
}

unclear if {
	some plan in input.usage_plans
	some item in plan.stages.items
	item.api.unknown
	count(item.api.targets) == 0
	count(item.stage.targets) == 0
}

unclear if {
	some plan in input.usage_plans
	some item in plan.stages.items
	item.unknown
}
