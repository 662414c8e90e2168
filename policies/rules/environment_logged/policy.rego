# METADATA
# title: Code logs the whole environment
# description: |
#   The environment contains the temporary credentials of the execution role and every setting of
#   the function. Everyone who can read the logs can use them.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: environment-logged
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [7d]
#   since: v0.1.0
#   cwe: [CWE-532]
#   remediation: |
#     Log the names and values that are needed, not the whole environment.
package rules.environment_logged

import data.lib.code

deny contains {"at": entry.at, "message": $"{user} logs its whole environment, including the credentials of the execution role"} if {
	some source in input.sources
	user := code.user(source)
	some entry in source.logs.items
	entry.content.value == "environment"
}
