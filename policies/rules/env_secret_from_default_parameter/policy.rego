# METADATA
# title: Secret parameter has a default value or is not sensitive
# description: |
#   The default value of a parameter is part of the template, so everyone who can read the template
#   can read the secret. The console, the plan and the API show the value of a parameter that is not
#   marked as sensitive (`sensitive`, `NoEcho`).
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
#   practices: [7a]
#   yields_to: [env-hardcoded-aws-credentials]
#   since: v0.1.0
#   cwe: [CWE-526]
#   peers:
#     - cfn-lint W2501
#     - cfn-lint W2010
#     - cfn-lint W1011
#   remediation: |
#     Remove the default value and mask the parameter (`sensitive = true`, `NoEcho: true`). Better,
#     store the secret in Secrets Manager and pass its name.
package rules.env_secret_from_default_parameter

import data.lib.environments

deny contains {"at": variable.at, "message": $"{id} sets environment variable {variable.key} from {parameter.name}, whose default value is a plaintext secret", "key": parameter.name} if {
	some id, variables in environments.variables
	some variable in variables
	some parameter in variable.parameters
	parameter.named
	parameter.default
}

deny contains {
	"at": variable.at,
	"message": $"{id} sets environment variable {variable.key} from the secret parameter {parameter.name}, which is not marked as sensitive",
	"key": parameter.name,
	"severity": "low",
} if {
	some id, variables in environments.variables
	some variable in variables
	some parameter in variable.parameters
	parameter.named
	not parameter.default
	not parameter.masked
}
