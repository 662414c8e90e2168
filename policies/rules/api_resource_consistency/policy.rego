# METADATA
# title: Authorizer of an API method is for another API or another type of authorization
# description: |
#   API Gateway rejects a method with an authorizer of another API or of another type than its
#   authorization type. It ignores the authorizer of a method with the authorization type NONE: the
#   method has no authorization although the template names an authorizer.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
#     description: Control and manage access to REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-resource-consistency
#   severity: medium
#   category: invocation
#   profile: default
#   practices: [8a]
#   yields_to: [api-method-no-auth, httpapi-route-no-auth]
#   since: v0.1.0
#   cwe: [CWE-863]
#   peers:
#     - cfn-lint E3699
#     - cfn-lint E3708
#   remediation: |
#     Use an authorizer of the same API, and the authorization type that belongs to its type: CUSTOM
#     for Lambda authorizers, COGNITO_USER_POOLS for user pools, JWT for JWT authorizers.
package rules.api_resource_consistency

import data.lib.api

deny contains {"at": route.authorizer.at, "message": $"{route.id} uses {input.authorizers[route.authorizer.targets[0]].id}, which belongs to another API"} if {
	some route in input.routes
	not route.generated
	count(route.api.targets) > 0
	count(route.authorizer.targets) > 0
	every i in route.authorizer.targets {
		of_others(input.authorizers[i], route)
	}
}

deny contains {"at": route.authorization.at, "message": $"{route.id} has the authorization type {route.authorization.value}, which does not match the type {authorizer.type.value} of {authorizer.id}"} if {
	some route in input.routes
	not route.generated
	count({input.authorizers[a].id | some a in route.authorizer.targets}) == 1 # maybe in several variants
	some a in route.authorizer.targets
	authorizer := input.authorizers[a]
	authorizer.type.value in other_types[route.authorization.value]
}

# Rules about missing authorization report public methods.
deny contains {"at": route.authorization.at, "message": $"{route.id} has the authorization type NONE: API Gateway ignores the authorizer {input.authorizers[route.authorizer.targets[0]].id}"} if {
	some i, route in input.routes
	route.authorization.value == "NONE"
	not route.generated
	count(route.authorizer.targets) > 0
	not i in api.open
	not api.preflight(route)
	not api.answered(route)
	not api.later_message(route)
}

of_others(authorizer, route) if {
	count(authorizer.api.targets) > 0
	every i in authorizer.api.targets {
		not i in route.api.targets
	}
}

other_types := {
	"CUSTOM": {"COGNITO_USER_POOLS", "JWT"},
	"COGNITO_USER_POOLS": {"TOKEN", "REQUEST", "JWT"},
	"JWT": {"TOKEN", "REQUEST", "COGNITO_USER_POOLS"},
}
