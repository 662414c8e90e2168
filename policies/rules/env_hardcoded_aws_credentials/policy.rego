# METADATA
# title: Environment variable contains AWS credentials
# description: |
#   AWS credentials in the environment are readable by everyone who can read the template, the
#   Terraform state, the Lambda console or a build log. They stay valid until they are revoked. A
#   function does not need them, because its execution role provides temporary credentials.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
#     description: Working with Lambda environment variables
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
#     description: Defining Lambda function permissions with an execution role
# schemas:
#   - input: schema.stack
# custom:
#   id: env-hardcoded-aws-credentials
#   severity: critical
#   category: secrets
#   profile: default
#   practices: [6b]
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_45
#     - KICS 1402afd8
#     - KICS 2564172f
#     - Semgrep aws-lambda-environment-credentials
#     - Prowler awslambda_function_no_secrets_in_variables
#   fix:
#     title: Remove the credentials
#     unsafe: the code must use the execution role, and the access key must be revoked
#     remove: entry
#   remediation: |
#     Revoke the access key, remove the variable, and allow the execution role what the key was used
#     for. To access another account, let the execution role assume a role there.
package rules.env_hardcoded_aws_credentials

import data.lib.environments

deny contains {"at": variable.at, "message": $"{id} has an AWS access key ID in environment variable {variable.key}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.secret.form == "aws-access-key-id"
}

# The keys of the AWS documentation open nothing.
deny contains {"at": variable.at, "message": $"{id} has an example key of the AWS documentation in environment variable {variable.key}", "key": variable.key, "severity": "info"} if {
	some id, variables in environments.variables
	some variable in variables
	variable.example_key
}

deny contains {"at": variable.at, "message": $"{id} has an AWS secret access key in environment variable {variable.key}", "key": variable.key} if {
	some id, variables in environments.variables
	some variable in variables
	variable.secret.form == "aws-secret-access-key"
}
