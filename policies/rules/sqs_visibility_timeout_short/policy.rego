# METADATA
# title: Queue hides messages for less than six times the timeout
# description: |
#   Lambda receives a message before an instance of the function is free for it, and retries when
#   the function is throttled. If the message becomes visible again before, its receive count rises,
#   and it can reach the dead-letter queue without ever being processed.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
#     description: Creating and configuring an Amazon SQS event source mapping
# schemas:
#   - input: schema.stack
# custom:
#   id: sqs-visibility-timeout-short
#   severity: low
#   category: reliability
#   profile: strict
#   practices: [11b]
#   yields_to: [sqs-visibility-timeout]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cdk-nag LambdaEventSourceSQSVisibilityTimeout
#   fix:
#     title: Set the visibility timeout to six times the timeout of the function
#     unsafe: messages that fail are retried later
#     set: {computed: true}
#   remediation: |
#     Set the visibility timeout of the queue (`visibility_timeout_seconds`, `VisibilityTimeout`) to
#     at least six times the timeout of the function.
package rules.sqs_visibility_timeout_short

import data.lib.sources

# sqs-visibility-timeout reports queues that hide messages for less time than the function may run.
deny contains {"at": queue.visibility_timeout.at, "set": $"{sources.sixfold(seconds)}", "message": $"{queue.id} hides received messages for {queue.visibility_timeout.value} seconds, less than six times the {seconds} seconds that {name} may run"} if {
	some q, [seconds, name] in sources.slowest
	queue := input.channels[q]
	queue.visibility_timeout.value >= seconds
	queue.visibility_timeout.value < sources.sixfold(seconds)
}
