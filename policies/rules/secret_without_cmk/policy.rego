# METADATA
# title: A secret is encrypted with AWS's own key
# description: |
#   The policy of AWS's own key cannot be changed, so everyone in the account who may read the
#   secret may decrypt it, and it cannot be shared with another account.
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
#     title: Encrypt it with the key that is declared here
#     unsafe: the key's policy has to let those who read the secret use it
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Name a customer managed key.
package rules.secret_without_cmk

deny contains {"at": secret.kms_key.at, "message": $"{secret.id} is encrypted with AWS's own key"} if {
	some secret in input.secrets
	owned_by_aws(secret.kms_key)
}

deny contains {"at": parameter.kms_key.at, "message": $"{parameter.id} is encrypted with AWS's own key"} if {
	some parameter in input.ssm_parameters
	parameter.type.value == "SecureString"
	owned_by_aws(parameter.kms_key)
}

owned_by_aws(key) if key.absent

owned_by_aws(key) if regex.match(`(^|:)alias/aws/(secretsmanager|ssm)$`, key.value)
