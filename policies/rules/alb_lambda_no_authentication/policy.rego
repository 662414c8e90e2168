# METADATA
# title: Load balancer forwards anonymous requests from the internet to a function
# description: |
#   The load balancer is reachable from the internet, and neither an authenticate action nor a web
#   ACL is in front of the function. Only the code of the function can reject requests.
# related_resources:
#   - ref: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html
#     description: Authenticate users using an Application Load Balancer
# schemas:
#   - input: schema.stack
# custom:
#   id: alb-lambda-no-authentication
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers:
#     - CKV2_AWS_28
#   remediation: |
#     Add an action `authenticate-cognito`, `authenticate-oidc` or `jwt-validation` before the
#     forward action, associate a web ACL, or make the load balancer internal.
package rules.alb_lambda_no_authentication

import data.lib.http

deny contains {"at": forward.at, "message": $"{forward.id} forwards requests from the internet to a function without authentication"} if {
	some forward in http.forwards
	forward.authenticated == false
	listener := input.listeners[forward.listener]
	http.of_internet(listener)
	not with_acl(listener)
	not http.unclear_acl
}

with_acl(listener) if {
	some association in input.web_acl_associations
	some i in association.load_balancer.targets
	i in listener.load_balancer.targets
}
