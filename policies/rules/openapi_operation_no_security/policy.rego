# METADATA
# title: OpenAPI operation has no security requirement
# description: |
#   An operation without a security requirement, of its own or of the whole definition, becomes a
#   public route of the API. Anyone on the internet can call its backend.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
#     description: OpenAPI extensions for API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: openapi-operation-no-security
#   severity: high
#   category: invocation
#   profile: default
#   practices: [8a]
#   since: v0.1.0
#   cwe: [CWE-306]
#   remediation: |
#     Add a security requirement to the operation, or to the whole definition, that names a scheme
#     with an API Gateway authorizer, or AWS_IAM.
package rules.openapi_operation_no_security

import data.lib.api

deny contains {"at": route.at, "message": $"{route.id} is public: the definition of {declared.id} has no security requirements ({api.shown(operations)})"} if {
	some i, declared in input.apis
	operations := defined[i]
	i in unprotected
	route := input.routes[sort(operations)[0]]
}

deny contains {"at": route.at, "message": $"{route.id} is public: the operation {route.key.value} has no security requirement", "key": route.key.value} if {
	some i, operations in defined
	not i in unprotected
	some r in operations
	route := input.routes[r]
}

unprotected contains i if {
	some i, operations in defined
	count(operations) > 1
	not i in api.protected
}

# defined are the public operations of definitions that have a backend.
defined[i] contains r if {
	some i, routes in api.own
	some r in routes
	route := input.routes[r]
	regex.match(`^(aws_api_gateway_rest_api|aws_apigatewayv2_api|AWS::ApiGateway::RestApi|AWS::ApiGatewayV2::Api|AWS::Serverless::.*Api)$`, route.type)
	count(route.integrations.targets) > 0
}
