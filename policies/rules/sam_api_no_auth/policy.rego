# METADATA
# title: SAM API has no default authorizer
# description: |
#   Events of the types Api and HttpApi create public routes unless the API has a default
#   authorizer or the event names one. Anyone on the internet can invoke the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-controlling-access-to-apis.html
#     description: Control API access with your AWS SAM template
# schemas:
#   - input: schema.stack
# custom:
#   id: sam-api-no-auth
#   severity: high
#   category: invocation
#   profile: default
#   practices: [8a]
#   formats: [SAM]
#   since: v0.1.0
#   cwe: [CWE-306]
#   remediation: |
#     Set Auth.DefaultAuthorizer of the API, or of the API in Globals for events without RestApiId
#     or ApiId. For callers in known networks, set Auth.ResourcePolicy.
package rules.sam_api_no_auth

import data.lib.api

deny contains {"at": declared.at, "message": $"{declared.id} has no default authorizer: its routes are public ({api.shown(routes)})"} if {
	some i, declared in input.apis
	routes := undefended[i]
}

# undefended are the routes for which neither the event nor the API sets an authorizer.
undefended[i] contains r if {
	some i, routes in api.own
	some r in routes
	route := input.routes[r]
	route.generated
	route.authorization.absent
	input.apis[i].default_authorizer.absent
	is_event(route)
	not in_definition([i, route.key.value])
}

# in_definition reports whether the definition of the API has the route, with authorization or with a backend of its own:
# openapi-operation-no-security judges it.
in_definition(place) if place in defined

defined contains [i, route.key.value] if {
	some route in input.routes
	not is_event(route)
	not undecorated(route)
	some i in route.api.targets
}

undecorated(route) if {
	route.authorization.value == "NONE"
	count(route.integrations.targets) == 0
}

is_event(route) if regex.match(`^AWS::(ApiGateway::Method|ApiGatewayV2::Route)$`, route.type)
