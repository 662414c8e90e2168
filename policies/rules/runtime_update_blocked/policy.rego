# METADATA
# title: Functions with the runtime can no longer be updated
# description: |
#   Lambda rejects every change of the code and configuration of a function with this runtime, and
#   its creation. The next deployment fails, also the one that fixes a vulnerability.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#     description: Lambda runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-update-blocked
#   severity: critical
#   category: supply-chain
#   profile: default
#   practices: [13c]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers:
#     - tflint aws_lambda_function_deprecated_runtime
#     - cfn-lint E2533
#   fix:
#     title: Update to the runtime that replaces it
#     unsafe: the code may require changes for the newer version of the language
#     set: {computed: true}
#   remediation: |
#     Set the runtime (Terraform `runtime`, CloudFormation `Runtime`) to a supported version of the
#     language. Go functions use `provided.al2023`.
package rules.runtime_update_blocked

import data.lib.runtimes
import data.runtimes as support

deny contains {
	"at": fn.runtime.at,
	"message": $"{fn.id} uses the runtime {fn.runtime.value}: Lambda rejects updates of functions with it since {lifecycle.update_blocked}",
	"set": runtimes.successor(fn.runtime.value),
} if {
	some fn in runtimes.users
	runtimes.stage(fn.runtime.value) == "update-blocked"
	lifecycle := support.list[fn.runtime.value]
}
