# METADATA
# title: Queue that triggers a function has no dead-letter queue
# description: |
#   A message that the function cannot process is received again until its retention period ends, by
#   default for four days. It then is lost. Until then it takes concurrency, and in a FIFO queue it
#   blocks its message group.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
#     description: Using dead-letter queues in Amazon SQS
# schemas:
#   - input: schema.stack
# custom:
#   id: sqs-redrive-missing
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-755]
#   peers:
#     - serverless-rules aws_sqs_queue_redrive_policy
#     - serverless-rules ES6000
#     - cdk-nag SQSRedrivePolicy
#     - cdk-nag SQSQueueDLQ
#   remediation: |
#     Set a redrive policy (`redrive_policy`, `RedrivePolicy`) with a dead-letter queue and a
#     `maxReceiveCount` of at least 5. Add an alarm on the dead-letter queue.
package rules.sqs_redrive_missing

import data.lib.sources
import data.lib.text

deny contains {"at": queue.redrive.at, "message": $"{queue.id} triggers {text.names(names)} and has no dead-letter queue: messages that fail are retried until they expire"} if {
	some q, queue in input.channels
	sources.kind_of(queue.type) == "sqs"
	queue.redrive.absent
	names := {input.functions[i].id | some i in sources.readers[q]}
	count(names) > 0
	not q in sources.dead_letter_queues
}
