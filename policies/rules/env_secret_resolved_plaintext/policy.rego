# METADATA
# title: A secret is put into the environment in plain text at deployment
# description: |
#   The value of the secret ends up in the configuration of the function, where everyone sees it
#   who may read that, and in the state. When it is rotated the function keeps the old one.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
#     description: Use Secrets Manager secrets in Lambda functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-secret-resolved-plaintext
#   severity: medium
#   category: secrets
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-526]
#   peers:
#     - cfn-lint W1011
#     - cfn-lint E1027
#   remediation: |
#     Pass the name or ARN of the secret, let the role read it, and fetch it when the function
#     runs, for example through the AWS Parameters and Secrets Lambda extension.
package rules.env_secret_resolved_plaintext

import data.secret_attributes

deny contains {"at": variable.at, "message": $"{fn.id} gets a secret in plain text in {variable.key}: {source}"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	some source in variable.sources
	source in secret_attributes.secrets
}

# A document or a parameter may hold anything: the name of the variable tells.
deny contains {"at": variable.at, "message": $"{fn.id} gets a secret in plain text in {variable.key}: {source}"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.named
	some source in variable.sources
	source in secret_attributes.documents
}

deny contains {"at": variable.at, "message": $"{fn.id} gets a secret in plain text in {variable.key}: {parameter.name} is masked"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	some parameter in variable.parameters
	parameter.masked
}
