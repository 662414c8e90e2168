# METADATA
# title: The value of a secret is written into the template
# description: |
#   The secret is in the repository and in its history, for everyone who can read it, so keeping it
#   in a safe place afterwards protects nothing.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_384
#   remediation: |
#     Replace the secret. Let Secrets Manager generate it, use a write-only argument, or set the
#     value outside of the template.
package rules.secret_value_literal

deny contains {"at": secret.value.at, "message": $"{secret.id} has its value {where(secret.value)}"} if {
	some secret in input.secrets
	secret.value.secret
}

deny contains {"at": version.value.at, "message": $"{version.id} has its value {where(version.value)}"} if {
	some version in input.secret_values
	version.value.secret
}

deny contains {"at": parameter.value.at, "message": $"{parameter.id} has its value {where(parameter.value)}"} if {
	some parameter in input.ssm_parameters
	parameter.type.value == "SecureString"
	parameter.value.secret
}

where(value) := "written here" if not value.parameters

where(value) := $"in the default of {named(value.parameters).name}" if value.parameters

# named is the parameter that says it is the secret, or the first.
named(parameters) := [parameter | some parameter in parameters; parameter.named][0]

named(parameters) := parameters[0] if {
	every parameter in parameters {
		parameter.named == false
	}
}
