# METADATA
# title: API key is the only protection of a method
# description: |
#   API keys identify the customers of usage plans. They are sent in plain headers, are valid for
#   all APIs of their plan, and end up in the code of clients. AWS advises against API keys as
#   authorization.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
#     description: Usage plans and API keys for REST APIs
# schemas:
#   - input: schema.stack
# custom:
#   id: api-method-key-only
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [8a]
#   since: v0.1.0
#   cwe: [CWE-306]
#   remediation: |
#     Set an authorization type in addition to the API key: AWS_IAM, a Lambda authorizer or a
#     Cognito user pool.
package rules.api_method_key_only

import data.lib.api

deny contains {"at": route.api_key_required.at, "message": $"{route.id} is protected by an API key only: its authorization type is NONE"} if {
	some i in api.open
	route := input.routes[i]
	route.api_key_required.value == true
}
