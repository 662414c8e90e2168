# METADATA
# title: Queue or topic for failed events is not encrypted
# description: |
#   Events that fail are stored with their whole content, and often for longer than anything else in
#   the path of an event. SQS encrypts queues by default, so here it was switched off; SNS encrypts
#   nothing by default.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
#     description: Encryption at rest in Amazon SQS
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html
#     description: Securing Amazon SNS data with server-side encryption
# schemas:
#   - input: schema.stack
# custom:
#   id: dlq-unencrypted
#   severity: medium
#   category: encryption
#   profile: strict
#   practices: [12c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - CKV_AWS_27
#     - CKV_AWS_26
#     - CKV2_AWS_73
#     - Trivy AWS-0096
#     - Trivy AWS-0095
#     - KICS 6e8849c1
#     - KICS 28545147
#     - KICS 12726829
#     - KICS 9d13b150
#     - Terrascan AC_AWS_0366
#     - Terrascan AC_AWS_0502
#     - cfn_nag W48
#     - cfn_nag W47
#     - Guard SQS_QUEUE_KMS_MASTER_KEY_ID_RULE
#     - Guard SNS_ENCRYPTED_KMS
#     - Security Hub SQS.1
#     - Security Hub SNS.1
#   fix:
#     title: Encrypt the queue or topic
#     safe_if: it is a queue
#     set: {computed: true}
#   remediation: |
#     Set `sqs_managed_sse_enabled` (`SqsManagedSseEnabled`) to true or a KMS key
#     (`kms_master_key_id`, `KmsMasterKeyId`). The execution role needs `kms:GenerateDataKey` and
#     `kms:Decrypt` for a customer managed key.
package rules.dlq_unencrypted

import data.lib.sources
import data.lib.text

deny contains {"at": queue.managed_sse.at, "set": "true", "unsafe": "", "message": $"{queue.id} stores failed events of {text.names(names)} unencrypted: encryption is off"} if {
	some q, names in sources.dead_letters
	queue := input.channels[q]
	sources.kind_of(queue.type) == "sqs"
	queue.managed_sse.value == false
	queue.kms_key.absent
}

deny contains {"at": topic.kms_key.at, "set": "alias/aws/sns", "unsafe": "services that publish to the topic need another key", "message": $"{topic.id} stores failed events of {text.names(names)} unencrypted: it has no KMS key"} if {
	some q, names in sources.dead_letters
	topic := input.channels[q]
	sources.kind_of(topic.type) == "sns"
	topic.kms_key.absent
}
