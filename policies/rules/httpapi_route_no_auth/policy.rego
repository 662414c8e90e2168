# METADATA
# title: HTTP or WebSocket API route has no authorization
# description: |
#   A route with authorization type NONE accepts requests from anyone on the internet. In a
#   WebSocket API, the route $connect decides for the whole connection; without that route, the API
#   accepts every connection.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
#     description: Control and manage access to HTTP APIs in API Gateway
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
#     description: Manage connected users and client apps with $connect and $disconnect routes in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: httpapi-route-no-auth
#   severity: high
#   category: invocation
#   profile: default
#   practices: [8a]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers:
#     - CKV_AWS_309
#     - cdk-nag APIGWAuthorization
#     - Security Hub APIGateway.8
#     - Config API_GWV2_AUTHORIZATION_TYPE_CONFIGURED
#     - Prowler apigatewayv2_api_authorizers_enabled
#     - CloudSploit apigatewayV2Authorization
#   remediation: |
#     Set the authorization type of the route to JWT, AWS_IAM or CUSTOM, with an authorizer of the
#     API. In a WebSocket API, authorize the route $connect.
package rules.httpapi_route_no_auth

import data.lib.api

deny contains {"at": input.apis[i].at, "message": $"{input.apis[i].id} has no authorizer: {count(api.own[i])} routes are public"} if {
	some i in unprotected
}

deny contains {"at": route.authorization.at, "message": $"{route.id} is public: its authorization type is NONE"} if {
	some r in api.public
	route := input.routes[r]
	is_route(route)
	not in_unprotected(route)
}

# An API with a target has a route for all requests, which has no authorization.
# https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
deny contains {"at": quick.target.at, "message": $"{quick.id} is public: the route of its quick create target has no authorization"} if {
	some quick in input.apis
	quick.protocol.value == "HTTP"
	not quick.target.absent
	count(quick.target.targets) > 0
}

deny contains {"at": socket.at, "key": "$connect", "message": $"{socket.id} is public: it accepts every connection, because it has no $connect route"} if {
	some i in api.without_connect
	socket := input.apis[i]
	socket.type in {"aws_apigatewayv2_api", "AWS::ApiGatewayV2::Api", "AWS::Serverless::WebSocketApi"}
}

# unprotected are the APIs of several routes that have neither an authorizer nor a protected route.
unprotected contains i if {
	some i, routes in api.own
	count(routes) > 1
	not i in api.protected
	every r in routes {
		is_route(input.routes[r])
	}
}

in_unprotected(route) if {
	some i in route.api.targets
	i in unprotected
}

is_route(route) if route.type == "aws_apigatewayv2_route"

# SAM makes the routes of its events: sam-api-no-auth reports them.
is_route(route) if {
	route.type == "AWS::ApiGatewayV2::Route"
	not route.generated
}
