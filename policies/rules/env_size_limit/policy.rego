# METADATA
# title: Environment variables exceed 4 KB
# description: |
#   Lambda rejects a function if the names and values of its environment variables have more than
#   4096 bytes together.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-size-limit
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [11d]
#   known_only: true
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint E3697
#   remediation: |
#     Move configuration to AppConfig, Parameter Store or the package of the function.
package rules.env_size_limit

deny contains {"at": fn.environment.variables.at, "message": $"{fn.id} has environment variables of {size} characters: Lambda rejects more than 4096 bytes"} if {
	some fn in input.functions
	size := count(concat("", [text(variable) | some variable in fn.environment.variables.items]))
	size > 4096
}

# text is the name and the value of a variable. Unknown and masked values do not count.
text(variable) := concat("", [variable.key, variable.value]) if variable.value != "(sensitive)"
