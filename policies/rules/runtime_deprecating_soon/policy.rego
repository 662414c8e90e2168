# METADATA
# title: Support of the runtime ends within 180 days
# description: |
#   After the end of support, AWS does not patch vulnerabilities of the language and its libraries.
#   AWS notifies accounts 180 days before.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#     description: Lambda runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-deprecating-soon
#   severity: low
#   category: supply-chain
#   profile: strict
#   practices: [13c]
#   yields_to: [package-type-conflict]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers: []
#   fix:
#     title: Update to the runtime that replaces it
#     unsafe: the code may require changes for the newer version of the language
#     set: {computed: true}
#   remediation: |
#     Set the runtime (Terraform `runtime`, CloudFormation `Runtime`) to a supported version of the
#     language. Go functions use `provided.al2023`.
package rules.runtime_deprecating_soon

import data.lib.runtimes
import data.runtimes as support

deny contains {
	"at": fn.runtime.at,
	"message": $"{fn.id} uses the runtime {fn.runtime.value}: its support ends on {lifecycle.deprecated}",
	"set": runtimes.successor(fn.runtime.value),
} if {
	some fn in runtimes.users
	runtimes.stage(fn.runtime.value) == "deprecating"
	lifecycle := support.list[fn.runtime.value]
}
