# METADATA
# title: REST API compresses no responses
# description: |
#   Without a minimum compression size, or with one outside of the range of API Gateway, responses
#   are not compressed: they take longer, and large ones cost more.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gzip-compression-decompression.html
#     description: Payload compression for REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-compression-invalid
#   severity: info
#   category: reliability
#   profile: all
#   practices: []
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - KICS ed35928e
#     - KICS d6653eee
#     - KICS a2f2800e
#     - Terrascan AC_AWS_0010
#     - CloudSploit apigatewayContentEncoding
#   remediation: |
#     Set `minimum_compression_size` (`MinimumCompressionSize`) to a number of bytes from 0 to
#     10485760.
package rules.api_compression_invalid

import data.lib.api

deny contains {"at": declared.compression_size.at, "message": $"{declared.id} compresses no responses: no minimum compression size is set"} if {
	some declared in input.apis
	api.rest(declared)
	declared.compression_size.absent
}

deny contains {"at": declared.compression_size.at, "message": $"{declared.id} compresses no responses: its minimum compression size is {declared.compression_size.value}, outside of 0 to 10485760"} if {
	some declared in input.apis
	api.rest(declared)
	outside(declared.compression_size.value)
}

outside(size) if size < 0

outside(size) if size > 10485760
