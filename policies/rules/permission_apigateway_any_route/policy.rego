# METADATA
# title: API Gateway permission allows every route of the API
# description: |
#   The source ARN of the permission ends with wildcards for the stage, the method and the path, so
#   every route of the API can invoke the function, also one that is added later for another
#   purpose. An API that sends all requests to one function needs such a permission and is not
#   reported.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-policy-language-overview-for-api-calls.html
#     description: Control access for invoking an API
# schemas:
#   - input: schema.stack
# custom:
#   id: permission-apigateway-any-route
#   severity: info
#   category: invocation
#   profile: all
#   practices: [8c, 10b]
#   since: v0.1.0
#   cwe: [CWE-732]
#   peers:
#     - KICS 3ef8696c
#     - KICS 57b12981
#   remediation: |
#     End the source ARN with the method and the path of the route that invokes the function, such
#     as `/*/GET/orders`.
package rules.permission_apigateway_any_route

import data.lib.iam

deny contains {"at": permission.source_arn.at, "message": $"{permission.id} allows every route of the API to invoke the function: the source ARN ends with {end}"} if {
	some permission in input.permissions
	through_api(permission.principal.value)
	some part in ["value", "suffix"]
	end := regex.find_n(`/\*(/\*)+$`, permission.source_arn[part], 1)[0]
	not catches_all
}

through_api(principal) if regex.match(`^apigateway\.amazonaws\.com(\.cn)?$`, principal)

through_api(principal) if iam.anyone(principal)

# catches_all holds if an API of the stack sends, or may send, all requests to one function.
catches_all if count(input.routes) == 1

# Each API has one route.
catches_all if {
	count(input.routes) > 0
	count(input.routes) <= count(input.apis)
}

catches_all if {
	some route in input.routes
	route.key.unknown
}

catches_all if {
	some route in input.routes
	regex.match(`(?i)^(\$default|any)( |$)|/\{[a-z]+\+\}$`, route.key.value)
}

# The path of a method of a REST API is unknown.
catches_all if {
	some route in input.routes
	regex.match(`(?i)^(delete|get|head|options|patch|post|put)$`, route.key.value)
}

catches_all if {
	some api in input.apis
	not api.target.absent
}
