# METADATA
# title: Hardcoded secret value
# description: |
#   Everyone who can read the repository or its history can read the secret. Storing it in Secrets
#   Manager or Parameter Store as well does not protect it.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
#     description: Secrets Manager best practices
#   - ref: https://developer.hashicorp.com/terraform/language/resources/ephemeral/write-only
#     description: Use write-only arguments
# schemas:
#   - input: schema.stack
# custom:
#   id: secret-value-literal
#   severity: high
#   category: secrets
#   profile: default
#   practices: [6b, 7b]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_384
#   remediation: |
#     Rotate the secret and remove its value from the template. Let Secrets Manager generate the
#     value, use a Terraform write-only argument, or set the value outside of the template.
package rules.secret_value_literal

deny contains {"at": secret.value.at, "message": $"{secret.id} has a hardcoded value{where(secret.value)}"} if {
	some secret in input.secrets
	secret.value.secret
}

deny contains {"at": version.value.at, "message": $"{version.id} has a hardcoded value{where(version.value)}"} if {
	some version in input.secret_values
	version.value.secret
}

deny contains {"at": parameter.value.at, "message": $"{parameter.id} has a hardcoded value{where(parameter.value)}"} if {
	some parameter in input.ssm_parameters
	parameter.type.value == "SecureString"
	parameter.value.secret
}

where(value) := "" if not value.parameters

where(value) := $" in the default of {named(value.parameters).name}" if value.parameters

# named is the parameter whose name indicates the secret, or the first one.
named(parameters) := [parameter | some parameter in parameters; parameter.named][0]

named(parameters) := parameters[0] if {
	every parameter in parameters {
		parameter.named == false
	}
}
