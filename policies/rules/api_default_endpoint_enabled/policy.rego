# METADATA
# title: Default endpoint of an API is enabled beside its custom domain name
# description: |
#   The default endpoint in the domain execute-api bypasses what protects the custom domain name:
#   mutual TLS, its security policy, and CloudFront with a web ACL in front of it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
#     description: Disable the default endpoint for REST APIs
# schemas:
#   - input: schema.stack
# custom:
#   id: api-default-endpoint-enabled
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-668]
#   peers:
#     - CloudSploit apigatewayDefaultEndpointDisabled
#   fix:
#     title: Disable the default endpoint
#     unsafe: clients that use the default endpoint lose access
#     set: true
#   remediation: |
#     Set `disable_execute_api_endpoint` (`DisableExecuteApiEndpoint`) to true.
package rules.api_default_endpoint_enabled

import data.lib.api

deny contains {"at": declared.default_endpoint_disabled.at, "message": $"{declared.id} is reachable at its default endpoint beside its custom domain name"} if {
	some i, declared in input.apis
	i in api.mapped
	declared.default_endpoint_disabled.value == false
	not api.may_be_private(declared)
}
