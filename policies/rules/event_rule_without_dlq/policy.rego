# METADATA
# title: Event rule has no dead-letter queue for its function
# description: |
#   EventBridge tries for a day to deliver an event, and then drops it. That happens when the
#   function is throttled for long, its permission was removed or it was deleted, and nobody can
#   tell afterwards which events are missing.
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
#   since: v0.1.0
#   cwe: [CWE-778]
#   peers:
#     - serverless-rules aws_cloudwatch_event_target_no_dlq
#     - serverless-rules ES4000
#     - cdk-nag EventBusDLQ
#   fix:
#     title: Keep what cannot be delivered in the queue that is declared here
#     unsafe: the policy of the queue has to let events.amazonaws.com send to it
#     steps:
#       - attribute: tf:dead_letter_config.arn
#         set: {only: {terraform: aws_sqs_queue.arn}}
#       - attribute: here:DeadLetterConfig.Arn
#         set: {only: {cloudformation: AWS::SQS::Queue.Arn}}
#   remediation: |
#     Set the dead-letter queue of the target to an SQS queue, and watch the queue.
package rules.event_rule_without_dlq

import data.lib.text

deny contains {"at": target.dead_letter.at, "message": $"{trigger.id} drops events that it cannot deliver to {text.names(functions)}"} if {
	some trigger in input.triggers
	trigger.service.value in {"events", "scheduler"}
	some target in trigger.targets.items
	target.dead_letter.absent
	functions := {input.functions[i].id | some i in target.function.targets}
}
