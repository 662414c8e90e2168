# METADATA
# title: A secret in the environment comes from a parameter that shows it
# description: |
#   The default of a parameter is part of the template, for everyone who can read it. The value of
#   a parameter that is not masked is shown by the console, the plan and the API.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html
#     description: CloudFormation template Parameters syntax
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-secret-from-default-parameter
#   severity: high
#   category: secrets
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-526]
#   peers:
#     - cfn-lint W2501
#     - cfn-lint W2010
#     - cfn-lint W1011
#   remediation: |
#     Remove the default and mark the parameter (sensitive = true, NoEcho: true). Better: keep the
#     secret in Secrets Manager and pass its name.
package rules.env_secret_from_default_parameter

deny contains {"at": variable.at, "message": $"{fn.id} has {variable.key} from {parameter.name}, whose default is a secret in the template"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	some parameter in variable.parameters
	parameter.named
	parameter.default
}

deny contains {
	"at": variable.at,
	"message": $"{fn.id} has {variable.key} from {parameter.name}, which is not masked",
	"severity": "low",
} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	some parameter in variable.parameters
	parameter.named
	not parameter.default
	not parameter.masked
}
