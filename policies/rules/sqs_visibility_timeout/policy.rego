# METADATA
# title: Queue hides messages for less time than the function needs
# description: |
#   A message becomes visible again while the function still processes it, and is processed twice.
#   Lambda rejects an event source mapping of such a queue.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
#     description: Creating and configuring an Amazon SQS event source mapping
# schemas:
#   - input: schema.stack
# custom:
#   id: sqs-visibility-timeout
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [11b]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint E3505
#     - cdk-nag LambdaEventSourceSQSVisibilityTimeout
#   fix:
#     title: Set the visibility timeout to six times the timeout of the function
#     set: {computed: true}
#   remediation: |
#     Set the visibility timeout of the queue (`visibility_timeout_seconds`, `VisibilityTimeout`) to
#     six times the timeout of the function.
package rules.sqs_visibility_timeout

import data.lib.sources

deny contains {"at": queue.visibility_timeout.at, "set": $"{sources.sixfold(seconds)}", "message": $"{queue.id} hides received messages for {queue.visibility_timeout.value} seconds, but {name} may run for {seconds} seconds"} if {
	some q, [seconds, name] in sources.slowest
	queue := input.channels[q]
	queue.visibility_timeout.value < seconds
}
