# METADATA
# title: Event target has no dead-letter queue
# description: |
#   EventBridge retries a delivery for 24 hours and then drops the event. This happens when the
#   function is throttled for a long time, its permission is missing or it is deleted. Without a
#   dead-letter queue the dropped events cannot be identified or replayed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
#     description: Using dead-letter queues to process undelivered events in EventBridge
# schemas:
#   - input: schema.stack
# custom:
#   id: event-rule-without-dlq
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [11a]
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - serverless-rules aws_cloudwatch_event_target_no_dlq
#     - serverless-rules ES4000
#     - cdk-nag EventBusDLQ
#   fix:
#     title: Send undelivered events to the SQS queue of this template
#     unsafe: the queue policy must allow events.amazonaws.com to send messages
#     steps:
#       - attribute: tf:dead_letter_config.arn
#         set: {only: {terraform: aws_sqs_queue.arn}}
#       - attribute: here:DeadLetterConfig.Arn
#         set: {only: {cloudformation: AWS::SQS::Queue.Arn}}
#   remediation: |
#     Set the dead-letter queue of the target (`dead_letter_config`, `DeadLetterConfig`) to an SQS
#     queue. Add an alarm on the queue.
package rules.event_rule_without_dlq

import data.lib.text

deny contains {"at": target.dead_letter.at, "message": $"{trigger.id} has no dead-letter queue: events that cannot be delivered to {text.functions(functions)} are lost", "key": concat(" ", functions)} if {
	some trigger in input.triggers
	trigger.service.value in {"events", "scheduler"}
	trigger.type != "AWS::EventsV2::Subscriber"
	some target in trigger.targets.items
	target.dead_letter.absent
	functions := {input.functions[i].id | some i in target.function.targets}
}
