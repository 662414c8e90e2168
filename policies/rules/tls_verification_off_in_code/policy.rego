# METADATA
# title: Code switches the verification of certificates off
# description: |
#   Without verification, everyone on the way to the server can read and change the requests,
#   including the credentials in them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/best-practices.html
#     description: Best practices for working with Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: tls-verification-off-in-code
#   severity: medium
#   category: identity
#   profile: default
#   practices: [7d]
#   since: v0.1.0
#   cwe: [CWE-295]
#   remediation: |
#     Remove the setting. Add the certificate of a private certificate authority to the trust store
#     instead.
package rules.tls_verification_off_in_code

import data.lib.code

deny contains {"at": request.at, "message": $"{user} does not verify certificates of servers: {name}"} if {
	some source in input.sources
	user := code.user(source)
	some request in source.requests.items
	request.verified.value == false
	name := request.function.value
}
