# METADATA
# title: Truststore of a custom domain name has no version
# description: |
#   Without a version, each deployment takes the newest object in the bucket as the truststore.
#   Everyone who can write the object decides which client certificates the API accepts.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
#     description: How to turn on mutual TLS authentication for your REST APIs in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-mtls-truststore-unversioned
#   severity: info
#   category: encryption
#   profile: all
#   practices: [8b]
#   since: v0.1.0
#   cwe: [CWE-295]
#   remediation: |
#     Enable versioning of the bucket and set `truststore_version` (`TruststoreVersion`).
package rules.api_mtls_truststore_unversioned

deny contains {"at": domain.mutual_tls.truststore_version.at, "message": $"{domain.id} does not pin the version of its truststore {domain.mutual_tls.truststore.value}"} if {
	some domain in input.api_domains
	domain.mutual_tls.truststore_version.absent
	domain.mutual_tls.truststore.value
}
