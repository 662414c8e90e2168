# METADATA
# title: REST API is reachable from the internet
# description: |
#   An edge-optimized or regional endpoint has a public address. Only a private endpoint limits the
#   API to VPC endpoints.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-endpoint-types.html
#     description: API endpoint types for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-endpoint-public
#   severity: info
#   category: invocation
#   profile: all
#   practices: [8c]
#   since: v0.1.0
#   cwe: [CWE-668]
#   peers:
#     - KICS 6b2739db
#     - KICS 4a8daf95
#     - KICS 6b5b0313
#     - Terrascan AC_AWS_0011
#     - Guard API_GW_ENDPOINT_TYPE_CHECK
#     - Config API_GW_ENDPOINT_TYPE_CHECK
#     - Prowler apigateway_restapi_public
#     - CloudSploit apigatewayPrivateEndpoints
#   remediation: |
#     If all clients are in VPCs, use the endpoint type PRIVATE with a resource policy for your VPC
#     endpoints.
package rules.api_endpoint_public

import data.lib.api

deny contains {"at": declared.endpoint_types.at, "message": $"{declared.id} is reachable from the internet: it has an edge-optimized endpoint by default"} if {
	some declared in input.apis
	api.rest(declared)
	declared.endpoint_types.absent
}

deny contains {"at": kind.at, "message": $"{declared.id} is reachable from the internet: its endpoint type is {kind.value}", "key": kind.value} if {
	some declared in input.apis
	api.rest(declared)
	some kind in declared.endpoint_types.items
	kind.value in {"EDGE", "REGIONAL"}
	not api.may_be_private(declared)
}
