# METADATA
# title: CORS of an API allows every origin
# description: |
#   A wildcard in the CORS origins allows the pages of every website to read the responses of the
#   API in the visitor's browser. Together with credentials, the pages read them as the visitor.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
#     description: Configure CORS for HTTP APIs in API Gateway
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html
#     description: CORS for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-cors-wildcard
#   severity: low
#   category: invocation
#   profile: strict
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-942]
#   peers:
#     - Terrascan AC_AWS_0441
#   remediation: |
#     List the origins of your own pages in `AllowOrigins` (`allow_origins`).
package rules.api_cors_wildcard

deny contains {"at": origin.at, "severity": severity(declared, origin.value), "message": $"{declared.id} allows CORS requests from every website: the allowed origins contain {origin.value}", "key": origin.value} if {
	some declared in input.apis
	some origin in declared.cors.allow_origins.items
	regex.match(`^(https?://)?\*$`, origin.value)
}

# Browsers reject responses with credentials if the origin is *. With https://*, API Gateway returns the origin of the page.
severity(declared, origin) := "high" if {
	declared.cors.allow_credentials.value == true
	origin != "*"
} else := "low"
