# METADATA
# title: A variable that says secret holds a text
# description: |
#   What is called a password, token or key and is written here can be read by everyone who has the
#   template, the state or the console. Most secrets that leak have no form that scanners know.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Steampipe lambda_function_variables_no_sensitive_data
#     - CloudSploit envVarsClientSideEncryption
#   remediation: |
#     Replace the secret, keep the new one in Secrets Manager or the parameter store, pass its name
#     and let the function read it when it runs.
package rules.env_secret_by_name

deny contains {"at": variable.at, "message": $"{fn.id} has a secret in {variable.key}: its name says so, and the value is written here"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.secret.name == variable.key
	not variable.parameters
}

deny contains {"at": variable.at, "message": $"{fn.id} has a secret in {variable.key}: the text gives {variable.secret.name} a value"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.secret.form == ""
	variable.secret.name != variable.key
	not variable.parameters
}
