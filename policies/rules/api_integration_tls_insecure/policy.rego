# METADATA
# title: API integration does not verify the certificate of its backend
# description: |
#   With insecureSkipVerification, API Gateway accepts any certificate of the backend. Everyone on the
#   network path can read and change the requests and responses (man in the middle).
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration-tls-config.html
#     description: x-amazon-apigateway-integration.tlsConfig object
# schemas:
#   - input: schema.stack
# custom:
#   id: api-integration-tls-insecure
#   severity: high
#   category: encryption
#   profile: default
#   practices: [8b]
#   formats: [Terraform]
#   since: v0.1.0
#   cwe: [CWE-295]
#   remediation: |
#     Remove `insecure_skip_verification` and give the backend a certificate of a certificate authority
#     that API Gateway supports.
package rules.api_integration_tls_insecure

deny contains {"at": integration.insecure_skip_verification.at, "message": $"{integration.id} does not verify the certificate of its backend: insecure_skip_verification is true"} if {
	some integration in input.api_integrations
	integration.insecure_skip_verification.value == true
	integration.type.value in {"HTTP", "HTTP_PROXY"}
}
