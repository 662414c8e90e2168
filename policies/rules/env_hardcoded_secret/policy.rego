# METADATA
# title: Environment variable contains a secret
# description: |
#   A token, key or password in the environment is readable by everyone who can read the template,
#   the Terraform state, the Lambda console or a build log. It stays valid until it is revoked.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html
#     description: Secrets Manager best practices
# schemas:
#   - input: schema.stack
# custom:
#   id: env-hardcoded-secret
#   severity: high
#   category: secrets
#   profile: default
#   practices: [6b, 7a]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_45
#     - Steampipe lambda_function_variables_no_sensitive_data
#     - Prowler awslambda_function_no_secrets_in_variables
#   remediation: |
#     Revoke the secret and store its replacement in Secrets Manager or Parameter Store. Pass the
#     name of the secret to the function and read it at run time.
package rules.env_hardcoded_secret

import data.lib.environments
import data.lib.secrets

deny contains {"at": variable.at, "message": $"{id} has a secret in environment variable {variable.key}: its value has the form {variable.secret.form}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	secrets.token(variable.secret.form)
}
