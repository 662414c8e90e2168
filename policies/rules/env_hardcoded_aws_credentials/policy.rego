# METADATA
# title: AWS credentials are written into the environment
# description: |
#   Everyone who can read the template, the state, the console or a build log has these
#   credentials, and they stay valid until somebody revokes them. A function needs none: its role
#   gives it temporary ones.
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
#   since: v0.1.0
#   cwe: [CWE-798]
#   peers:
#     - CKV_AWS_45
#     - KICS 1402afd8
#     - KICS 2564172f
#     - Semgrep aws-lambda-environment-credentials
#     - Prowler awslambda_function_no_secrets_in_variables
#   fix:
#     title: Take out the credentials
#     unsafe: the code has to use the role of the function, and the key has to be revoked
#     remove: entry
#   remediation: |
#     Revoke the key, remove the variable, and give the function's role what the key was for. For
#     another account, let the role assume a role there.
package rules.env_hardcoded_aws_credentials

deny contains {"at": variable.at, "message": $"{fn.id} has an AWS access key id in {variable.key}"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.secret.form == "aws-access-key-id"
}

deny contains {"at": variable.at, "message": $"{fn.id} has an AWS secret access key in {variable.key}"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	variable.secret.form == "aws-secret-access-key"
}
