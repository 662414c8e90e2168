# METADATA
# title: Plaintext secret in an SSM parameter
# description: |
#   SSM parameters of type `String` are not encrypted with a KMS key: everyone who is allowed to
#   read parameters can read the secret. The console shows its value.
# related_resources:
#   - ref: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-securestring.html
#     description: AWS Systems Manager Parameter Store
# schemas:
#   - input: schema.stack
# custom:
#   id: ssm-parameter-plaintext-secret
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [7b]
#   since: v0.1.0
#   cwe: [CWE-312]
#   peers:
#     - CKV2_AWS_34
#     - CKV_AWS_384
#   remediation: |
#     Set the type (Terraform `type`) to `SecureString`, or move the value to Secrets Manager.
#     CloudFormation cannot create a `SecureString`; use Secrets Manager there.
package rules.ssm_parameter_plaintext_secret

import data.lib.secrets

deny contains {"at": parameter.type.at, "message": $"{parameter.id} has a plaintext secret: its type is {parameter.type.value}, and its value {secrets.what(parameter.value.secret)}"} if {
	some parameter in input.ssm_parameters
	parameter.type.value in {"String", "StringList"}
	parameter.value.secret.form != ""
}

deny contains {"at": parameter.type.at, "message": $"{parameter.id} has a plaintext secret: its type is {parameter.type.value}, and its name indicates a secret"} if {
	some parameter in input.ssm_parameters
	parameter.type.value in {"String", "StringList"}
	parameter.value.secret.form == ""
}
