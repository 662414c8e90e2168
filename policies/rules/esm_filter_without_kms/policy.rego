# METADATA
# title: Filter criteria are not encrypted with a customer managed key
# description: |
#   Filter criteria can contain data, such as the customers whose events the function gets. Everyone
#   who can read the mapping can read them, unless a customer managed key encrypts them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
#     description: Control which events Lambda sends to your function
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-filter-without-kms
#   severity: info
#   category: encryption
#   profile: all
#   practices: [12c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers: []
#   remediation: |
#     Set `kms_key_arn` (`KmsKeyArn`) to a customer managed key that `lambda.amazonaws.com` can
#     decrypt with.
package rules.esm_filter_without_kms

deny contains {"at": mapping.kms_key.at, "message": $"{mapping.id} stores its filter criteria without a customer managed key"} if {
	some mapping in input.event_sources
	mapping.kms_key.absent
	count(mapping.filters.items) > 0
}
