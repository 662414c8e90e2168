# METADATA
# title: Function can trigger itself in a loop
# description: |
#   The function is triggered again by what it writes to its own source. Lambda stops such a loop
#   through SQS, SNS or S3 after about 16 invocations, and does not stop one through a stream. Until
#   then, and after each new event, it costs money and concurrency.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
#     description: Use Lambda recursive loop detection to prevent infinite loops
# schemas:
#   - input: schema.stack
# custom:
#   id: recursive-trigger
#   severity: medium
#   category: reliability
#   profile: strict
#   practices: [9c]
#   since: v0.1.0
#   cwe: [CWE-674]
#   peers: []
#   remediation: |
#     Write to another bucket, queue, topic or table. Otherwise filter the events that trigger the
#     function, by prefix, filter policy or filter criteria, so that its own writes do not match, or
#     remove the permission to write.
package rules.recursive_trigger

import data.lib.grants
import data.lib.iam
import data.lib.sources
import data.lib.text

deny contains {"at": mapping.source.at, "message": $"{mapping.id} can trigger {fn.id} in a loop: its role allows {text.names(actions)} on {input.channels[q].id} (recursive loop)", "key": fn.id} if {
	some mapping in input.event_sources
	mapping.enabled.value
	count(mapping.filters.items) == 0
	not mapping.filters.unknown
	some q in mapping.source.targets
	some i in mapping.function.targets
	fn := input.functions[i]
	actions := written_to(i, q)
	count(actions) > 0
}

deny contains {"at": target.function.at, "message": $"{trigger.id} can trigger {fn.id} in a loop: its role allows {text.names(actions)} on {input.channels[q].id} (recursive loop)", "key": fn.id} if {
	some trigger in input.triggers
	trigger.service.value in {"s3", "sns"}
	trigger.enabled.value
	some q in trigger.source.targets
	some target in trigger.targets.items
	target.filter.absent
	written(trigger, target)
	some i in target.function.targets
	fn := input.functions[i]
	actions := written_to(i, q)
	count(actions) > 0
}

# written_to are the actions with which the role of a function may write to a channel.
written_to(i, q) := {action | some [kind, target, action] in writes[i]; kind == sources.kind_of(input.channels[q].type); target == q}

# written reports whether what is written triggers the function, and not only what is deleted, for example.
written(trigger, _) if trigger.service.value == "sns"

written(_, target) if {
	some event in target.events.items
	regex.match(`^s3:(\*|ObjectCreated:(\*|Put|Post|CompleteMultipartUpload))$`, event.value)
}

# triggered are the functions that a channel may trigger.
triggered contains i if {
	some mapping in input.event_sources
	some i in mapping.function.targets
}

triggered contains i if {
	some trigger in input.triggers
	trigger.service.value in {"s3", "sns"}
	some target in trigger.targets.items
	some i in target.function.targets
}

# writes[i] are the channels that the role of function i, if it is triggered, certainly allows to write to, with their kind and the action.
# recursive-loop-allowed reports functions for which loops are allowed, and policy-service-wildcard the broader actions.
writes[i] contains [kind, q, action.value] if {
	some i in triggered
	fn := input.functions[i]
	fn.recursive_loop.value != "Allow"
	some r in fn.role.targets
	some statement in input.roles[r].statements.items
	statement.effect.value == "Allow"
	count(statement.conditions.items) == 0
	not statement.conditions.unknown
	some action in statement.actions.items
	not iam.every_action(action.value)
	not iam.service_wildcard(action.value)
	some kind, names in writing
	some write in names
	iam.matches(action.value, write)
	some resource in statement.resources.items
	some q in resource.targets
	kind == sources.kind_of(input.channels[q].type)
	whole(kind, resource)
	not grants.denied(r, write)
}

# writing are the actions that write, by the service.
writing := {
	"dynamodb": ["dynamodb:batchwriteitem", "dynamodb:putitem", "dynamodb:updateitem"],
	"kinesis": ["kinesis:putrecord", "kinesis:putrecords"],
	"s3": ["s3:putobject"],
	"sns": ["sns:publish"],
	"sqs": ["sqs:sendmessage"],
}

# whole reports whether a resource that refers to a channel is the channel or, for a bucket, objects in it: not an index
# of a table, and not a bucket whose name only contains the name of the other.
whole("s3", resource) if regex.match(`^arn:[^:]*:s3:::[^/]+/`, resource.value)

whole("s3", resource) if {
	resource.unknown
	not resource.prefix
	startswith(resource.suffix, "/")
}

whole("s3", resource) if {
	resource.unknown
	regex.match(`^arn:(.*:)?$`, resource.prefix)
	regex.match(`^/|:s3:::[^/]+/`, resource.suffix)
}

whole(kind, resource) if {
	kind != "s3"
	regex.match(`^arn:[^:]*:[a-z]+:[^:]*:[^:]*:((table|stream)/)?[^/:]+$`, resource.value)
}

whole(kind, resource) if {
	kind != "s3"
	resource.unknown
	not resource.prefix
	not resource.suffix
}

whole(kind, resource) if {
	kind != "s3"
	resource.unknown
	regex.match(`^arn:(.*[:/])?$`, resource.prefix)
	regex.match(`^(:((table|stream)/)?[^/:]+)?$`, object.get(resource, "suffix", ""))
}
