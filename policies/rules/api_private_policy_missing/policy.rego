# METADATA
# title: Resource policy of a private API does not limit the VPC endpoints
# description: |
#   A private API is reachable through VPC endpoints for API Gateway, also those in the VPCs of
#   other accounts. Only its resource policy limits which endpoints can call it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-api-create.html
#     description: Create a private API
# schemas:
#   - input: schema.stack
# custom:
#   id: api-private-policy-missing
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [1d, 8c]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - Config custom API_GW_PRIVATE_RESTRICTED
#   remediation: |
#     Deny requests that do not come from your VPC endpoints or VPCs, with a condition on
#     `aws:SourceVpce` or `aws:SourceVpc`.
package rules.api_private_policy_missing

import data.lib.api

deny contains {"at": grant.at, "message": $"{grant.id} allows every VPC endpoint of every account to call a private API: Principal is *", "key": "*"} if {
	some i, grants in api.for_everyone
	api.private(input.apis[i])
	some grant in grants
}
