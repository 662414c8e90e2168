# METADATA
# title: Public stream, table or event bus triggers a function
# description: |
#   The resource-based policy of the stream, table or custom event bus allows every AWS account to
#   use it. Attackers can choose the events of the function and how often it runs, or read the
#   records.
# related_resources:
#   - ref: https://docs.aws.amazon.com/streams/latest/dev/controlling-access.html
#     description: Controlling access to Amazon Kinesis Data Streams resources using IAM
#   - ref: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html
#     description: Using resource-based policies for DynamoDB
#   - ref: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-custom-bus-access.html
#     description: Access control for the Custom Event Bus
# schemas:
#   - input: schema.stack
# custom:
#   id: trigger-stream-policy-public
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10d, 13e]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers: []
#   remediation: |
#     Set `Principal` to the accounts or services that use the stream, table or bus. If `Principal`
#     must be `*`, require `aws:PrincipalOrgID`, `aws:SourceAccount` or `aws:SourceArn` in a
#     condition.
package rules.trigger_stream_policy_public

import data.lib.sources
import data.lib.text
import data.lib.trust

deny contains {"at": principal.value.at, "key": channel.id, "message": $"{policy.id} allows anyone to use {channel.id}, which triggers {text.names(names)}: Principal is {principal.value.value} (public)"} if {
	some policy in input.channel_policies
	some reference in policy.channels.items
	some q in reference.targets
	channel := input.channels[q]
	of_stream(channel)
	names := triggered(q)
	count(names) > 0
	not trust.turned_away(policy.statements, using)
	some statement in policy.statements.items
	usable(statement)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

deny contains {"at": principal.value.at, "message": $"{channel.id} triggers {text.names(names)} and is public: Principal is {principal.value.value}"} if {
	some q, channel in input.channels
	of_stream(channel)
	names := triggered(q)
	count(names) > 0
	not trust.turned_away(channel.statements, using)
	some statement in channel.statements.items
	usable(statement)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

deny contains {"at": principal.value.at, "message": $"{channel.id} triggers {text.names(names)} and its stream is public: Principal is {principal.value.value}"} if {
	some q, channel in input.channels
	names := triggered(q)
	count(names) > 0
	not trust.turned_away(channel.stream_statements, using)
	some statement in channel.stream_statements.items
	usable(statement)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

# of_stream reports whether a channel is a stream, a table or a custom event bus. trigger-queue-or-topic-public and
# trigger-bucket-public-write report the others.
of_stream(channel) if sources.kind_of(channel.type) in {"dynamodb", "kinesis"}

of_stream(channel) if channel.type == "AWS::EventsV2::EventBus"

# triggered are the functions that a channel triggers.
triggered(q) := {input.functions[i].id | some i in sources.readers[q]} | {input.functions[i].id |
	some trigger in input.triggers
	q in trigger.source.targets
	some target in trigger.targets.items
	some i in target.function.targets
}

# usable reports whether a statement allows its principals to use a channel, without restricting them.
usable(statement) if {
	statement.effect.value == "Allow"
	some action in statement.actions.items
	regex.match(`(?i)^(\*+|(kinesis|dynamodb|events):.+)$`, action.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}

# using are the actions that write and read records.
using := {"dynamodb:getrecords", "dynamodb:putitem", "events:putevents", "kinesis:getrecords", "kinesis:putrecord", "kinesis:putrecords"}
