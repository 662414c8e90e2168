# METADATA
# title: Ephemeral storage has the maximum size
# description: |
#   All storage above 512 MB is billed for each invocation. `/tmp` survives warm starts: what one
#   invocation leaves there, the next one can read, and much of it fits into 10 GB.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-ephemeral-storage.html
#     description: Configure ephemeral storage for Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: ephemeral-storage-max
#   severity: info
#   category: reliability
#   profile: all
#   practices: [9a]
#   since: v0.1.0
#   cwe: [CWE-400]
#   peers: []
#   remediation: |
#     Set the ephemeral storage to what the function needs, and delete its files when it ends.
package rules.ephemeral_storage_max

deny contains {"at": fn.ephemeral_storage.at, "message": $"{fn.id} has the maximum of {fn.ephemeral_storage.value} MB of ephemeral storage"} if {
	some fn in input.functions
	fn.ephemeral_storage.value >= 10240
}
