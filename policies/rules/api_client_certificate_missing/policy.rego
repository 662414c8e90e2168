# METADATA
# title: REST API stage has no client certificate for its HTTP backends
# description: |
#   An HTTP backend can verify that requests come from API Gateway only by the certificate that the
#   stage presents. Functions do not need it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/getting-started-client-side-ssl-authentication.html
#     description: Generate and configure an SSL certificate for backend authentication in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-client-certificate-missing
#   severity: info
#   category: encryption
#   profile: all
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-295]
#   peers:
#     - CKV2_AWS_51
#     - KICS 0b4869fc
#     - KICS ed4c48b8
#     - Terrascan AC_AWS_0013
#     - cdk-nag APIGWSSLEnabled
#     - Security Hub APIGateway.2
#   remediation: |
#     Set `client_certificate_id` (`ClientCertificateId`) and verify the certificate in the backend.
package rules.api_client_certificate_missing

import data.lib.api

deny contains {"at": stage.client_certificate.at, "message": $"{stage.id} has no client certificate for its HTTP backends"} if {
	some s in api.rest_stages
	stage := input.stages[s]
	stage.client_certificate.absent
	some i in stage.api.targets
	i in with_backends
}

with_backends contains i if {
	some integration in input.api_integrations
	integration.type.value in {"HTTP", "HTTP_PROXY"}
	some i in integration.api.targets
}
