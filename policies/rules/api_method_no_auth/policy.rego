# METADATA
# title: REST API method has no authorization
# description: |
#   A method with authorization type NONE accepts requests from anyone on the internet. Only the
#   code behind it protects the data that it reads and writes, and every request costs money.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-control-access-to-api.html
#     description: Control and manage access to REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-method-no-auth
#   severity: high
#   category: invocation
#   profile: default
#   practices: [8a]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers:
#     - CKV2_AWS_70
#     - Guard API_GW_METHOD_AUTHORIZATION_TYPE_RULE
#     - CKV_AWS_59
#     - KICS 15ccec05
#     - KICS 1056dfbb
#     - KICS 0a96ce49
#     - KICS 7fd0d461
#     - Terrascan AC_AWS_0439
#     - cfn_nag W59
#     - cdk-nag APIGWAuthorization
#     - Trivy AWS-0004
#     - Prowler apigateway_restapi_authorizers_enabled
#   remediation: |
#     Set the authorization of the method to AWS_IAM, a Lambda authorizer or a Cognito user pool.
#     For callers in known networks, a resource policy of the API is enough.
package rules.api_method_no_auth

import data.lib.api

deny contains {"at": input.apis[i].at, "message": $"{input.apis[i].id} has no authorizer: {count(methods_of(api.own[i]))} methods are public"} if {
	some i in unprotected
}

deny contains {"at": route.authorization.at, "message": $"{route.id} is public: its authorization type is NONE"} if {
	some r in api.public
	route := input.routes[r]
	is_method(route)
	not in_unprotected(route)
}

# unprotected are the APIs of several methods that have neither an authorizer nor a protected method.
unprotected contains i if {
	some i, routes in api.own
	count(methods_of(routes)) > 1
	not i in api.protected
	every r in routes {
		is_method(input.routes[r])
	}
}

# methods_of returns the methods of some routes, each once: there is a route for each set of conditions of a method.
methods_of(routes) := {input.routes[r].id | some r in routes}

in_unprotected(route) if {
	some i in route.api.targets
	i in unprotected
}

is_method(route) if route.type == "aws_api_gateway_method"

# SAM makes the methods of its events: sam-api-no-auth reports them.
is_method(route) if {
	route.type == "AWS::ApiGateway::Method"
	not route.generated
}
