# METADATA
# title: Code writes to what triggers the function
# description: |
#   Each write triggers the function again. Lambda stops such a loop through SQS, SNS or S3 after about
#   16 invocations, and does not stop one through a stream. Until then it costs money and concurrency.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
#     description: Use Lambda recursive loop detection to prevent infinite loops
# schemas:
#   - input: schema.stack
# custom:
#   id: recursive-write
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [9c]
#   since: v0.1.0
#   cwe: [CWE-674]
#   remediation: |
#     Write to another bucket, queue, topic or table. Otherwise filter the events that trigger the
#     function, by prefix, filter policy or filter criteria, so that its own writes do not match.
package rules.recursive_write

import data.lib.calls

deny contains {"at": call.at, "key": fn.id, "message": $"{fn.id} calls {call.operation.value} on {input.channels[q].id}, which triggers it through {mapping.id} (recursive loop)"} if {
	some mapping in input.event_sources
	mapping.enabled.value
	count(mapping.filters.items) == 0
	not mapping.filters.unknown
	some q in mapping.source.targets
	some f in mapping.function.targets
	fn := input.functions[f]
	some call in writes[f]
	q in calls.channels(fn, call)
}

deny contains {"at": call.at, "key": fn.id, "message": $"{fn.id} calls {call.operation.value} on {input.channels[q].id}, which triggers it through {trigger.id} (recursive loop)"} if {
	some trigger in input.triggers
	trigger.service.value in {"s3", "sns"}
	trigger.enabled.value
	some q in trigger.source.targets
	some target in trigger.targets.items
	target.filter.absent
	written(trigger, target)
	some f in target.function.targets
	fn := input.functions[f]
	some call in writes[f]
	q in calls.channels(fn, call)
}

deny contains {"at": call.at, "key": fn.id, "message": $"{fn.id} calls {call.operation.value} on the bucket of the event, which triggers it through {trigger.id} (recursive loop)"} if {
	some trigger in input.triggers
	trigger.service.value == "s3"
	trigger.enabled.value
	some target in trigger.targets.items
	target.filter.absent
	written(trigger, target)
	some f in target.function.targets
	fn := input.functions[f]
	some call in writes[f]
	call.service.value == "s3"
	call.of_event.value == true
}

# written reports whether what is written triggers the function, and not only what is deleted, for example.
written(trigger, _) if trigger.service.value == "sns"

written(_, target) if {
	some event in target.events.items
	regex.match(`^s3:(\*|ObjectCreated:(\*|Put|Post|CompleteMultipartUpload))$`, event.value)
}

# writes are the calls of a function's code that write, by the index of the function.
writes[f] contains call if {
	some f, fn in input.functions
	fn.recursive_loop.value != "Allow"
	some call in calls.of[f]
	call.own_credentials.value == false
	call.operation.value in writing[call.service.value]
}

# writing are the operations that write, by the service.
writing := {
	"dynamodb": {"BatchWriteItem", "DeleteItem", "PutItem", "UpdateItem"},
	"kinesis": {"PutRecord", "PutRecords"},
	"s3": {"CompleteMultipartUpload", "CopyObject", "PutObject"},
	"sns": {"Publish", "PublishBatch"},
	"sqs": {"SendMessage", "SendMessageBatch"},
}
