# METADATA
# title: Environment is not encrypted with a key of your own
# description: |
#   With the key that AWS manages, everyone who may read the function's configuration reads its
#   environment, and no key policy can keep them out. A key of your own can be limited to the
#   function's role, and revoked.
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
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - CKV_AWS_173
#     - Terrascan AC_AWS_0483
#     - Semgrep aws-lambda-environment-unencrypted
#     - Steampipe-TF lambda_function_environment_encryption_enabled
#     - KICS a7f8ac28
#     - Prowler awslambda_function_env_vars_not_encrypted_with_cmk
#     - Steampipe lambda_function_encryption_enabled
#   fix:
#     title: Encrypt the environment with the key that is declared here
#     unsafe: the key's policy has to let the function's role and whoever deploys use it
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Set a customer managed key on the function and allow its role `kms:Decrypt` with it.
package rules.env_without_kms_key

deny contains {"at": fn.kms_key.at, "message": $"{fn.id} encrypts its environment only with the key that AWS manages"} if {
	some fn in input.functions
	some variable in fn.environment.variables.items
	not harmless(variable.key)
	fn.kms_key.absent
}

# harmless variables set up the runtime and the tools in it, and say nothing about what the
# function works with.
harmless(name) if name in {
	"DEBUG", "ENV", "ENVIRONMENT", "JAVA_TOOL_OPTIONS", "LANG", "LOGLEVEL", "LOG_LEVEL", "NODE_ENV",
	"NODE_OPTIONS", "PATH", "LD_LIBRARY_PATH", "NODE_PATH", "PYTHONPATH", "GEM_PATH", "REGION", "STAGE", "TZ",
}

harmless(name) if regex.match(`^(POWERTOOLS|AWS_XRAY|AWS_NODEJS|AWS_LAMBDA|OTEL)_`, name)
