# METADATA
# title: A secret is written into the environment
# description: |
#   Everyone who can read the template, the state, the console or a build log has this token, key
#   or password, and it stays valid until somebody revokes it.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_45
#     - Steampipe lambda_function_variables_no_sensitive_data
#     - Prowler awslambda_function_no_secrets_in_variables
#   remediation: |
#     Revoke it, keep the new one in Secrets Manager or the parameter store, pass its name and let
#     the function read it when it runs.
package rules.env_hardcoded_secret

import data.lib.secrets

deny contains {"at": variable.at, "message": $"{fn.id} has a secret in {variable.key}: the value has the form {variable.secret.form}"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	secrets.token(variable.secret.form)
}
