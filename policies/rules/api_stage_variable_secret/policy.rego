# METADATA
# title: API stage variable contains a secret
# description: |
#   A secret in an API stage variable is readable by everyone who can read the template, the
#   Terraform state or the API Gateway console. Stage variables are also often written to access
#   logs and passed to integrations. The secret stays valid until it is revoked.
# related_resources:
#   - ref: https://docs.aws.amazon.com/apigateway/latest/developerguide/stage-variables.html
#     description: Use stage variables for a REST API in API Gateway
# schemas:
#   - input: schema.stack
# custom:
#   id: api-stage-variable-secret
#   severity: high
#   category: secrets
#   profile: default
#   practices: [6b, 7a]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Prowler apigateway_restapi_no_secrets_in_stage_variables
#   remediation: |
#     Revoke the secret and store its replacement in Secrets Manager or Parameter Store. Read it at
#     run time in the function behind the API.
package rules.api_stage_variable_secret

import data.lib.secrets

deny contains {"at": variable.at, "message": $"{stage.id} has a secret in stage variable {variable.key}: {reason}", "key": variable.key} if {
	some stage in input.stages
	some variable in stage.variables.items
	reason := why(variable)
}

why(variable) := "it is named like a secret and has a plaintext value" if variable.secret.name == variable.key

why(variable) := $"its value {secrets.what(variable.secret)}" if {
	variable.secret.name != variable.key
}
