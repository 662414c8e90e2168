# METADATA
# title: Function sets the AWS managed key as its KMS key
# description: |
#   The alias `aws/lambda` is the AWS managed key that Lambda uses by default, so setting it changes
#   nothing. Its key policy cannot be edited, so you cannot limit who decrypts the environment
#   variables.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
#     description: Securing Lambda environment variables
# schemas:
#   - input: schema.stack
# custom:
#   id: env-kms-key-aws-managed
#   severity: low
#   category: secrets
#   profile: strict
#   practices: [7c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers: []
#   remediation: |
#     Set the KMS key (`kms_key_arn`, `KmsKeyArn`) to a customer managed key, or remove it.
package rules.env_kms_key_aws_managed

deny contains {"at": fn.kms_key.at, "message": $"{fn.id} sets the AWS managed key alias/aws/lambda instead of a customer managed key"} if {
	some fn in input.functions
	endswith(fn.kms_key.value, "alias/aws/lambda")
}

deny contains {"at": fn.kms_key.at, "message": $"{fn.id} sets the AWS managed key alias/aws/lambda instead of a customer managed key"} if {
	some fn in input.functions
	endswith(fn.kms_key.suffix, "alias/aws/lambda")
}
