# METADATA
# title: Function has no code signing configuration
# description: |
#   Lambda deploys every package that a principal with `lambda:UpdateFunctionCode` uploads,
#   without a proof of its origin.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
#     description: Using code signing to verify code integrity
# schemas:
#   - input: schema.stack
# custom:
#   id: code-signing-missing
#   severity: medium
#   category: supply-chain
#   profile: all
#   practices: [13a]
#   since: v0.1.0
#   cwe: [CWE-347]
#   peers:
#     - CKV_AWS_272
#     - Steampipe lambda_function_code_signing_configured
#     - CloudSploit lambdaCodeSigningEnabled
#   remediation: |
#     Sign the packages with AWS Signer and set the code signing configuration (Terraform
#     `code_signing_config_arn`, CloudFormation `CodeSigningConfigArn`).
package rules.code_signing_missing

import data.lib.trust

deny contains {"at": fn.code_signing.at, "message": $"{fn.id} has no code signing configuration"} if {
	some fn in input.functions
	fn.code_signing.absent
	fn.package_type.value == "Zip" # Lambda does not verify signatures of container images
	fn.code.inline.absent
	not trust.at_edge(fn)
}
