# METADATA
# title: Environment sets a reserved Lambda variable
# description: |
#   Lambda reserves these environment variables, including those with the credentials of the
#   execution role, and rejects a function that sets them. A template that sets credentials here is
#   meant to run the function with another identity than its execution role.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime
#     description: Defined runtime environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-reserved-credential-variable
#   severity: high
#   category: secrets
#   profile: default
#   practices: [6b]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Semgrep reserved-aws-lambda-environment-variable
#     - cfn-lint E3663
#   fix:
#     title: Remove the variable
#     remove: entry
#   remediation: |
#     Remove the variable. Allow the execution role what the credentials were used for.
package rules.env_reserved_credential_variable

import data.lambda_environment

deny contains {"at": variable.at, "message": $"{fn.id} sets the reserved environment variable {variable.key}, which contains credentials of the execution role: Lambda rejects the function", "key": variable.key} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.key in lambda_environment.credentials
}

deny contains {"at": variable.at, "message": $"{fn.id} sets the reserved environment variable {variable.key}: Lambda rejects the function", "key": variable.key} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.key in lambda_environment.reserved
}
