# METADATA
# title: API integration sends requests in clear text
# description: |
#   With an HTTP endpoint as the backend, or a VPC link without a TLS configuration, API Gateway
#   sends requests and responses in clear text: with tokens, cookies and personal data. Everyone on
#   the network path can read and change them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
#     description: Create private integrations for HTTP APIs in API Gateway
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/setup-http-integrations.html
#     description: HTTP integrations for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-integration-plain-http
#   severity: low
#   category: encryption
#   profile: strict
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-319]
#   peers:
#     - Config APIGATEWAYV2_INTEGRATION_PRIVATE_HTTPS_ENABLED
#   remediation: |
#     Use an `https://` endpoint. For an HTTP API with a VPC link, add an HTTPS listener and set
#     `tls_config` (`TlsConfig`).
package rules.api_integration_plain_http

deny contains {"at": integration.uri.at, "message": $"{integration.id} sends requests in clear text: its URI is {integration.uri.value}"} if {
	some integration in input.api_integrations
	plain(integration.uri.value)
	not of_aws(integration)
	not integration.tls.server_name.value
}

deny contains {"at": integration.uri.at, "message": $"{integration.id} sends requests in clear text: its URI starts with {regex.find_n(`^(?i)http://`, integration.uri.prefix, 1)[0]}"} if {
	some integration in input.api_integrations
	plain(integration.uri.prefix)
	not of_aws(integration)
	not integration.tls.server_name.value
}

# REST APIs have their TLS configuration in the URI of the integration.
deny contains {"at": integration.tls.at, "message": $"{integration.id} sends requests in clear text through its VPC link: it has no TLS configuration"} if {
	some integration in input.api_integrations
	integration.connection_type.value == "VPC_LINK"
	integration.tls.absent
	of_http(integration)
}

# The URIs of integrations with AWS services are ARNs.
of_aws(integration) if integration.type.value in {"AWS", "AWS_PROXY", "MOCK"}

plain(uri) if startswith(lower(uri), "http://")

of_http(integration) if {
	some i in integration.api.targets
	input.apis[i].protocol.value == "HTTP"
}
