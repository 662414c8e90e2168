# METADATA
# title: REST API method does not validate requests
# description: |
#   Without a request validator, API Gateway passes every body to the backend: requests that are
#   malformed, too large or made for an injection invoke the function, and only its code can reject
#   them. Models and required parameters have no effect.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html
#     description: Request validation for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-request-validation-missing
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-20]
#   peers:
#     - CKV2_AWS_53
#     - cdk-nag APIGWRequestValidation
#     - CloudSploit apigatewayRequestValidation
#   remediation: |
#     Define a model for the body and set `request_validator_id` (`RequestValidatorId`); in SAM, set
#     `RequestModel` with `ValidateBody`.
package rules.api_request_validation_missing

import data.lib.api

deny contains {"at": route.request_validator.at, "message": $"{route.id} passes requests to its backend without validation ({route.key.value})"} if {
	some route in input.routes
	route.request_validator.absent
	regex.match(`(?i)^(POST|PUT|PATCH)( |$)`, route.key.value)
	not contains(route.key.value, "+}")
	of_rest(route)
	not api.answered(route)
}

of_rest(route) if {
	some i in route.api.targets
	api.rest(input.apis[i])
}
