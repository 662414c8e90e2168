# METADATA
# title: Runtime is not the latest of its language
# description: |
#   Each version of a language loses its support earlier than the latest one.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#     description: Lambda runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-not-latest
#   severity: info
#   category: supply-chain
#   profile: all
#   practices: [13c]
#   yields_to:
#     - package-type-conflict
#     - runtime-create-blocked
#     - runtime-deprecated
#     - runtime-deprecating-soon
#     - runtime-update-blocked
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers:
#     - cdk-nag LambdaLatestVersion
#     - cdk-nag AwsSolutions-L1
#     - Steampipe lambda_function_use_latest_runtime
#   remediation: |
#     Update the function to the runtime that the message names.
package rules.runtime_not_latest

import data.lib.runtimes

deny contains {"at": fn.runtime.at, "message": $"{fn.id} uses the runtime {fn.runtime.value}; it is replaced by {newer}"} if {
	some fn in runtimes.users
	newer := runtimes.successor(fn.runtime.value)
	newer != ""
	not runtimes.unsupported(fn.runtime.value) # reported by other rules
}
