# METADATA
# title: SNS subscription of a function has no dead-letter queue
# description: |
#   SNS drops a message that it cannot deliver to the function, for example because the permission
#   is missing or the function is deleted. Without a dead-letter queue on the subscription the
#   message is lost.
# related_resources:
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
#     description: Amazon SNS dead-letter queues
# schemas:
#   - input: schema.stack
# custom:
#   id: sns-redrive-missing
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-755]
#   peers:
#     - serverless-rules aws_sns_topic_subscription_redrive_policy
#     - serverless-rules ES7000
#     - cdk-nag SNSRedrivePolicy
#   remediation: |
#     Set the redrive policy of the subscription (`redrive_policy`, `RedrivePolicy`) to an SQS queue
#     that `sns.amazonaws.com` can send to. Add an alarm on the queue.
package rules.sns_redrive_missing

import data.lib.text

deny contains {"at": target.dead_letter.at, "message": $"{trigger.id} has no dead-letter queue: messages that cannot be delivered to {text.functions(functions)} are lost", "key": concat(" ", functions)} if {
	some trigger in input.triggers
	trigger.service.value == "sns"
	some target in trigger.targets.items
	target.dead_letter.absent
	functions := {input.functions[i].id | some i in target.function.targets}
}
