# METADATA
# title: Runtime is deprecated
# description: |
#   A deprecated runtime gets no security patches, so known vulnerabilities in the language and its
#   libraries stay in the function. Later, AWS blocks creating and then updating functions that use
#   it, which runtime-create-blocked and runtime-update-blocked report.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
#     description: Lambda runtimes
# schemas:
#   - input: schema.stack
# custom:
#   id: runtime-deprecated
#   severity: high
#   category: supply-chain
#   profile: default
#   practices: [13c]
#   yields_to: [runtime-create-blocked, runtime-update-blocked]
#   since: v0.1.0
#   cwe: [CWE-1104]
#   peers:
#     - Steampipe lambda_function_use_latest_runtime
#     - CKV_AWS_363
#     - tflint aws_lambda_function_deprecated_runtime
#     - serverless-rules aws_lambda_function_eol_runtime
#     - cfn-lint W2531
#     - cdk-nag LambdaLatestVersion
#     - Security Hub Lambda.2
#     - Config LAMBDA_FUNCTION_SETTINGS_CHECK
#     - Prowler awslambda_function_using_supported_runtimes
#     - CloudSploit lambdaOldRuntimes
#   fix:
#     title: Update to the runtime that replaces it
#     unsafe: the code may require changes for the newer version of the language
#     set: {computed: true}
#   remediation: |
#     Set the runtime (Terraform `runtime`, CloudFormation `Runtime`) to a supported version of the
#     language. Go functions use `provided.al2023`.
package rules.runtime_deprecated

import data.lib.runtimes
import data.runtimes as support

deny contains {
	"at": fn.runtime.at,
	"message": $"{fn.id} uses the deprecated runtime {fn.runtime.value} (end of support: {lifecycle.deprecated})",
	"set": runtimes.successor(fn.runtime.value),
} if {
	some fn in runtimes.users
	runtimes.stage(fn.runtime.value) == "deprecated" # later stages are reported by other rules
	lifecycle := support.list[fn.runtime.value]
}
