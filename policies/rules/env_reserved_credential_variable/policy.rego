# METADATA
# title: The environment sets a variable that Lambda sets itself
# description: |
#   Lambda sets these variables, the credentials of the function's role among them, and refuses a
#   function that sets them. Who sets credentials here wants the function to run as somebody else
#   than its role.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - Semgrep reserved-aws-lambda-environment-variable
#     - cfn-lint E3663
#   fix:
#     title: Take out the variable
#     remove: entry
#   remediation: |
#     Remove the variable. Give the role what the credentials were for.
package rules.env_reserved_credential_variable

import data.lambda_environment

deny contains {"at": variable.at, "message": $"{fn.id} sets {variable.key}, which holds the credentials of its role"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.key in lambda_environment.credentials
}

deny contains {"at": variable.at, "message": $"{fn.id} sets {variable.key}, which Lambda sets itself"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.key in lambda_environment.reserved
}
