# METADATA
# title: A stage variable of an API holds a secret
# description: |
#   Stage variables are configuration: they are in the template, shown in the console, and often
#   written to access logs and passed on in requests.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Prowler apigateway_restapi_no_secrets_in_stage_variables
#   remediation: |
#     Revoke the secret and let the function behind the API read a new one from Secrets Manager or
#     the parameter store.
package rules.api_stage_variable_secret

import data.lib.secrets

deny contains {"at": variable.at, "message": $"{stage.id} has a secret in {variable.key}: it {secrets.what(variable.secret)}"} if {
	some stage in input.stages
	some variable in stage.variables.items
	variable.secret
}
