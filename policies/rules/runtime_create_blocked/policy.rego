# METADATA
# title: Functions with the runtime can no longer be created
# description: |
#   Lambda rejects new functions with this runtime, so the template cannot be deployed to another
#   account or region, or again after the function is deleted or replaced. The runtime gets no
#   security patches.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#     description: Lambda runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-create-blocked
#   severity: high
#   category: supply-chain
#   profile: default
#   practices: [13c]
#   yields_to: [runtime-update-blocked]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers:
#     - tflint aws_lambda_function_deprecated_runtime
#     - cfn-lint E2531
#   fix:
#     title: Update to the runtime that replaces it
#     unsafe: the code may require changes for the newer version of the language
#     set: {computed: true}
#   remediation: |
#     Set the runtime (Terraform `runtime`, CloudFormation `Runtime`) to a supported version of the
#     language. Go functions use `provided.al2023`.
package rules.runtime_create_blocked

import data.lib.runtimes
import data.runtimes as support

deny contains {
	"at": fn.runtime.at,
	"message": $"{fn.id} uses the runtime {fn.runtime.value}: Lambda rejects new functions with it since {lifecycle.create_blocked} (end of support: {lifecycle.deprecated})",
	"set": runtimes.successor(fn.runtime.value),
} if {
	some fn in runtimes.users
	runtimes.stage(fn.runtime.value) == "create-blocked"
	lifecycle := support.list[fn.runtime.value]
}
