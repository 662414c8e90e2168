# METADATA
# title: Environment variable named like a secret has a plaintext value
# description: |
#   A variable named like a password, token or key and set in the template is readable by everyone
#   who can read the template, the Terraform state or the Lambda console. Most leaked secrets match
#   no format that scanners detect, so the name is the only sign.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
#     description: Secrets Manager best practices
# schemas:
#   - input: schema.stack
# custom:
#   id: env-secret-by-name
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [7a]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Steampipe lambda_function_variables_no_sensitive_data
#     - CloudSploit envVarsClientSideEncryption
#   remediation: |
#     Replace the secret and store the new one in Secrets Manager or Parameter Store. Pass the name
#     of the secret to the function and read it at run time.
package rules.env_secret_by_name

import data.lib.environments

deny contains {"at": variable.at, "message": $"{id} has a secret in environment variable {variable.key}: it is named like a secret and has a plaintext value", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.secret.name == variable.key
	is_in_files(variable)
}

deny contains {"at": variable.at, "message": $"{id} has a secret in environment variable {variable.key}: its value sets {variable.secret.name} to a plaintext value", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.secret.form == ""
	variable.secret.name != variable.key
	is_in_files(variable)
}

# The value is written in the template or in a file of values, and env-secret-from-default-parameter does not report it: the
# name of a variable says nothing about the value that it passes on.
is_in_files(variable) if not variable.parameters

is_in_files(variable) if {
	every parameter in variable.parameters {
		parameter.in_files
		not is_reported(parameter)
	}
}

is_reported(parameter) if {
	parameter.named
	parameter.default
}
