# METADATA
# title: A secret is kept in a parameter in plain text
# description: |
#   A parameter of the type String is not encrypted with a key of its own: everyone who may read
#   parameters reads it, and it shows in the console.
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
#   since: v0.1.0
#   cwe: [CWE-312]
#   peers:
#     - CKV2_AWS_34
#     - CKV_AWS_384
#   remediation: |
#     Make it a SecureString, or a secret of Secrets Manager. CloudFormation cannot make a
#     SecureString: there, use Secrets Manager.
package rules.ssm_parameter_plaintext_secret

import data.lib.secrets

deny contains {"at": parameter.type.at, "message": $"{parameter.id} keeps a secret as {parameter.type.value}: its value {secrets.what(parameter.value.secret)}"} if {
	some parameter in input.ssm_parameters
	parameter.type.value in {"String", "StringList"}
	parameter.value.secret.form != ""
}

deny contains {"at": parameter.type.at, "message": $"{parameter.id} keeps a secret as {parameter.type.value}: its name says so"} if {
	some parameter in input.ssm_parameters
	parameter.type.value in {"String", "StringList"}
	parameter.value.secret.form == ""
}
