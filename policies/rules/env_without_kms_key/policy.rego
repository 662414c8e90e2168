# METADATA
# title: Environment variables are not encrypted with a customer managed key
# description: |
#   With the AWS managed key, everyone who can read the function's configuration can read its
#   environment variables, and no key policy can deny it. A customer managed key can be limited to
#   the execution role, and disabled.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
#     description: Securing Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-without-kms-key
#   severity: medium
#   category: secrets
#   profile: strict
#   practices: [7c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - Steampipe lambda_function_environment_encryption_enabled
#     - CKV_AWS_173
#     - Terrascan AC_AWS_0483
#     - Semgrep aws-lambda-environment-unencrypted
#     - KICS a7f8ac28
#     - Prowler awslambda_function_env_vars_not_encrypted_with_cmk
#     - Steampipe lambda_function_encryption_enabled
#   fix:
#     title: Encrypt the environment variables with the KMS key of this template
#     unsafe: the key policy must allow the execution role and the deploying principal to use the key
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Set a customer managed key (`kms_key_arn`, `KmsKeyArn`) on the function and allow its
#     execution role `kms:Decrypt` on the key.
package rules.env_without_kms_key

deny contains {"at": fn.kms_key.at, "message": $"{fn.id} has no customer managed key: its environment variables are encrypted with the AWS managed key"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	not harmless(variable.key)
	fn.kms_key.absent
}

deny contains {"at": revision.kms_key.at, "message": $"{revision.id} has no customer managed key: its environment variables are encrypted with the AWS managed key"} if {
	some revision in input.web_revisions
	some variable in revision.environment.variables.items
	not harmless(variable.key)
	revision.kms_key.absent
}

# harmless variables configure the runtime and its tools, and contain no data of the function.
harmless(name) if name in {
	"DEBUG", "ENV", "ENVIRONMENT", "JAVA_TOOL_OPTIONS", "LANG", "LOGLEVEL", "LOG_LEVEL", "NODE_ENV",
	"NODE_OPTIONS", "PATH", "LD_LIBRARY_PATH", "NODE_PATH", "PYTHONPATH", "GEM_PATH", "REGION", "STAGE", "TZ",
}

harmless(name) if regex.match(`^(POWERTOOLS|AWS_XRAY|AWS_NODEJS|AWS_LAMBDA|OTEL)_`, name)
