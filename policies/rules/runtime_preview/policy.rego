# METADATA
# title: Runtime is a preview
# description: |
#   Preview runtimes have no support and can change without notice. They are not for production.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#     description: Lambda runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-preview
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13c]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers: []
#   remediation: |
#     Use the latest runtime that is generally available.
package rules.runtime_preview

import data.lib.runtimes
import data.runtimes as support

deny contains {"at": fn.runtime.at, "message": $"{fn.id} uses the preview runtime {fn.runtime.value}, which AWS does not support in production"} if {
	some fn in runtimes.users
	support.list[fn.runtime.value].preview
}
