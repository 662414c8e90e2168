# METADATA
# title: Secret is not encrypted with a customer managed key
# description: |
#   The key policy of an AWS managed key cannot be changed: everyone in the account who is allowed
#   to read the secret can decrypt it, and the secret cannot be shared with another account. A
#   customer managed key adds a second access check.
# related_resources:
#   - ref: https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
#     description: Secret encryption and decryption in AWS Secrets Manager
# schemas:
#   - input: schema.stack
# custom:
#   id: secret-without-cmk
#   severity: low
#   category: secrets
#   profile: strict
#   practices: [7b]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - CKV_AWS_149
#     - CKV_AWS_337
#     - Trivy AWS-0098
#     - KICS a2f548f2
#     - KICS b0d3ef3f
#     - KICS c8ae9ba9
#     - Terrascan AC_AWS_0500
#     - cfn_nag W77
#     - Guard SECRETSMANAGER_USING_CMK
#     - cdk-nag SecretsManagerUsingKMSKey
#     - Config SECRETSMANAGER_USING_CMK
#   fix:
#     title: Encrypt with the customer managed key of this template
#     unsafe: the key policy must allow everyone who reads the secret to use the key
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Set the KMS key (Terraform `kms_key_id`, for SSM parameters `key_id`; CloudFormation
#     `KmsKeyId`) to a customer managed key.
package rules.secret_without_cmk

deny contains {"at": secret.kms_key.at, "message": $"{secret.id} is encrypted with the AWS managed key aws/secretsmanager, not with a customer managed key"} if {
	some secret in input.secrets
	aws_managed(secret.kms_key)
}

deny contains {"at": parameter.kms_key.at, "message": $"{parameter.id} is encrypted with the AWS managed key aws/ssm, not with a customer managed key"} if {
	some parameter in input.ssm_parameters
	parameter.type.value == "SecureString"
	aws_managed(parameter.kms_key)
}

aws_managed(key) if key.absent

aws_managed(key) if regex.match(`(^|:)alias/aws/(secretsmanager|ssm)$`, key.value)
