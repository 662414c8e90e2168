# METADATA
# title: Log group is not encrypted with a customer managed key
# description: |
#   CloudWatch Logs encrypts with a key that AWS owns. Its use can neither be restricted nor
#   audited nor revoked, although logs contain parts of requests.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
#     description: Encrypt log data in CloudWatch Logs using AWS Key Management Service
# schemas:
#   - input: schema.stack
# custom:
#   id: log-group-without-kms
#   severity: low
#   category: encryption
#   profile: all
#   practices: [12c, 15b]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - CKV_AWS_158
#     - Trivy AWS-0017
#     - KICS 0afbcfe9
#     - cfn_nag W84
#     - Guard CLOUDWATCH_LOG_GROUP_ENCRYPTED
#     - cdk-nag CloudWatchLogGroupEncrypted
#     - Config CLOUDWATCH_LOG_GROUP_ENCRYPTED
#   fix:
#     title: Encrypt the log group with the KMS key of this template
#     unsafe: the key policy must allow CloudWatch Logs to use the key
#     set: {only: {terraform: aws_kms_key.arn, cloudformation: AWS::KMS::Key.Arn}}
#   remediation: |
#     Set the KMS key of the log group (`kms_key_id`, `KmsKeyId`) to a key whose policy
#     allows CloudWatch Logs to use it.
package rules.log_group_without_kms

import data.lib.logs

deny contains {"at": group.kms_key.at, "message": $"{group.id} is not encrypted with a customer managed key"} if {
	some g in logs.of_functions
	group := input.log_groups[g]
	group.kms_key.absent
}
