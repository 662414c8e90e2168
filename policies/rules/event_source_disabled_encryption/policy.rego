# METADATA
# title: Source of events is not encrypted
# description: |
#   The events of the function are stored, or sent by the clients of the Kafka cluster, without
#   encryption. SQS and DynamoDB encrypt everything by default, Kinesis does not.
# related_resources:
#   - ref: https://docs.aws.amazon.com/streams/latest/dev/server-side-encryption.html
#     description: Data protection in Amazon Kinesis Data Streams
#   - ref: https://docs.aws.amazon.com/msk/latest/developerguide/msk-encryption.html
#     description: Amazon MSK encryption
# schemas:
#   - input: schema.stack
# custom:
#   id: event-source-disabled-encryption
#   severity: low
#   category: encryption
#   profile: strict
#   practices: [12c]
#   since: v0.1.0
#   cwe: [CWE-311]
#   peers:
#     - CKV_AWS_43
#     - CKV_AWS_27
#     - CKV_AWS_119
#     - Trivy AWS-0064
#     - Trivy AWS-0096
#     - Trivy AWS-0121
#     - KICS 862fe4bf
#     - cfn_nag W49
#     - cfn_nag W74
#   fix:
#     title: Encrypt the source
#     safe_if: it is a queue
#     set: {computed: true}
#   remediation: |
#     Set `encryption_type` to `KMS` (`StreamEncryption`) for a stream, `sqs_managed_sse_enabled`
#     (`SqsManagedSseEnabled`) to true for a queue, and `client_broker` (`ClientBroker`) to `TLS`
#     for a Kafka cluster.
package rules.event_source_disabled_encryption

import data.lib.sources
import data.lib.text

# The other property of the encryption, a key, has no default.
deny contains {"at": stream.encryption.at, "message": $"{stream.id} triggers {text.names(names)} and is not encrypted: the encryption type is NONE"} if {
	some q, stream in input.channels
	sources.kind_of(stream.type) == "kinesis"
	stream.encryption.value == "NONE"
	names := {input.functions[i].id | some i in sources.readers[q]}
	count(names) > 0
}

# dlq-unencrypted reports dead-letter queues.
deny contains {"at": queue.managed_sse.at, "set": "true", "unsafe": "", "message": $"{queue.id} triggers {text.names(names)} and is not encrypted: encryption is off"} if {
	some q, queue in input.channels
	sources.kind_of(queue.type) == "sqs"
	queue.managed_sse.value == false
	queue.kms_key.absent
	not sources.dead_letters[q]
	names := {input.functions[i].id | some i in sources.readers[q]}
	count(names) > 0
}

deny contains {"at": cluster.client_broker.at, "set": "TLS", "unsafe": "clients that do not use TLS lose access", "message": $"{cluster.id} triggers {text.names(names)} and accepts unencrypted connections: client_broker is {cluster.client_broker.value}"} if {
	some q, cluster in input.channels
	sources.kind_of(cluster.type) == "kafka"
	cluster.client_broker.value in {"PLAINTEXT", "TLS_PLAINTEXT"}
	names := {input.functions[i].id | some i in sources.readers[q]}
	count(names) > 0
}
