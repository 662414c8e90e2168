# METADATA
# title: Resource policy of an API allows everyone
# description: |
#   A method with the authorization type AWS_IAM accepts the principals that the resource policy
#   allows. With the principal `*` and no condition, that is every principal of every AWS account.
#   In an API without methods in the template, the policy protects none of them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html
#     description: Control access to a REST API with API Gateway resource policies
# schemas:
#   - input: schema.stack
# custom:
#   id: api-resource-policy-public
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [8c]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - KICS b161c11b
#     - Terrascan AC_AWS_0440
#     - CKV_AWS_283
#   remediation: |
#     Name the accounts or roles that call the API as the principal, or add a condition or a Deny
#     statement for other callers.
package rules.api_resource_policy_public

import data.lib.api

deny contains {"at": grant.at, "message": $"{grant.id} allows every AWS account to call methods with the authorization type AWS_IAM: Principal is *", "key": "*", "severity": "medium"} if {
	some i, grants in api.for_everyone
	i in of_iam
	not api.may_be_private(input.apis[i])
	some grant in grants
}

deny contains {"at": grant.at, "message": $"{grant.id} allows everyone to call {input.apis[i].id}: Principal is *", "key": "*"} if {
	some i, grants in api.for_everyone
	not i in with_routes
	not api.may_be_private(input.apis[i])
	some grant in grants
}

of_iam contains i if {
	some route in input.routes
	route.authorization.value == "AWS_IAM"
	some i in route.api.targets
}

# with_routes are the APIs with methods. Rules about missing authorization report public ones, and an authorizer decides
# about the others.
with_routes contains i if {
	some route in input.routes
	some i in route.api.targets
}

with_routes contains i if {
	some i, _ in input.apis
	some route in input.routes
	route.api.unknown
	count(route.api.targets) == 0
}
