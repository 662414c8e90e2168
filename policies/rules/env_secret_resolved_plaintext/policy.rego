# METADATA
# title: Secret is resolved into a plaintext environment variable
# description: |
#   A secret that is resolved at deployment becomes part of the function's configuration. Everyone
#   who can read the configuration or the Terraform state can read it. After a rotation the function
#   keeps the old value until the next deployment.
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
#   practices: [7a]
#   yields_to: [env-hardcoded-aws-credentials, env-hardcoded-secret, env-secret-by-name, env-secret-from-default-parameter]
#   since: v0.1.0
#   cwe: [CWE-526]
#   peers:
#     - cfn-lint W1011
#     - cfn-lint E1027
#   remediation: |
#     Pass the name or ARN of the secret and read it at run time, for example with the AWS
#     Parameters and Secrets Lambda extension. Allow the execution role to read the secret.
package rules.env_secret_resolved_plaintext

import data.lib.environments
import data.secret_attributes

deny contains {"at": variable.at, "message": $"{id} has a plaintext secret in environment variable {variable.key}, resolved from {source}", "key": $"{source}", "place": "use"} if {
	some id, variables in environments.variables
	some variable in variables
	some source in variable.sources
	source in secret_attributes.secrets
}

# A document or a parameter may contain anything, so the variable must be named like a secret.
deny contains {"at": variable.at, "message": $"{id} has a plaintext secret in environment variable {variable.key}, resolved from {source}", "key": $"{source}", "place": "use"} if {
	some id, variables in environments.variables
	some variable in variables
	variable.named
	some source in variable.sources
	source in secret_attributes.documents
}

deny contains {"at": variable.at, "message": $"{id} has a plaintext secret in environment variable {variable.key}, taken from the sensitive parameter {parameter.name}", "key": $"{parameter.name}", "place": "use"} if {
	some id, variables in environments.variables
	some variable in variables
	some parameter in variable.parameters
	parameter.masked
}
