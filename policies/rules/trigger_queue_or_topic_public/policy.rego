# METADATA
# title: Public queue, topic or event bus triggers a function
# description: |
#   The queue, topic or event bus that triggers the function accepts messages from any AWS account.
#   Attackers choose the events of the function and how often it runs, although they cannot invoke
#   it directly.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
#     description: Using Lambda with Amazon SQS
#   - ref: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
#     description: Example cases for Amazon SNS access control
# schemas:
#   - input: schema.stack
# custom:
#   id: trigger-queue-or-topic-public
#   severity: high
#   category: invocation
#   profile: default
#   practices: [10d, 13e]
#   since: v0.1.0
#   cwe: [CWE-284]
#   peers:
#     - Trivy AWS-0097
#     - CKV_AWS_72
#     - CKV_AWS_168
#     - CKV_AWS_169
#     - CKV_AWS_387
#     - KICS 730675f9
#     - KICS b26d2b7e
#     - KICS abb06e5f
#     - KICS 9b6a3f5b
#     - KICS ae53ce91
#     - Terrascan AC_AWS_0365
#     - Terrascan AC_AWS_0385
#     - cfn_nag F7
#     - cfn_nag F8
#     - cfn_nag F18
#     - cfn_nag F21
#     - Guard SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL
#     - Guard SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL
#     - cdk-nag EventBusOpenAccess
#     - Security Hub SNS.4
#   remediation: |
#     Set `Principal` to the accounts or services that send messages. If `Principal` must be `*`,
#     require `aws:SourceArn`, `aws:SourceAccount` or `aws:PrincipalOrgID` in a condition.
package rules.trigger_queue_or_topic_public

import data.lib.channels
import data.lib.trust

deny contains {"at": principal.value.at, "message": $"{channel.id} triggers a function and is public: Principal is {principal.value.value}"} if {
	some i, channel in input.channels
	i in channels.feeding
	sendable_to(channel)
	not trust.turned_away(channel.statements, channels.sending)
	some statement in channel.statements.items
	channels.sendable(statement)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

deny contains {"at": principal.value.at, "key": channel.id, "message": $"{policy.id} allows anyone to send to {channel.id}, which triggers a function: Principal is {principal.value.value} (public)"} if {
	some policy in input.channel_policies
	some reference in policy.channels.items
	some i in reference.targets
	i in channels.feeding
	channel := input.channels[i]
	sendable_to(channel)
	not trust.turned_away(policy.statements, channels.sending)
	some statement in policy.statements.items
	channels.sendable(statement)
	some principal in statement.principals.items
	trust.anyone(principal.kind.value, principal.value.value)
}

deny contains {"at": statement.not_principals.at, "message": $"{channel.id} triggers a function and is public: its policy allows every principal except those in NotPrincipal"} if {
	some i, channel in input.channels
	i in channels.feeding
	sendable_to(channel)
	not trust.turned_away(channel.statements, channels.sending)
	some statement in channel.statements.items
	channels.sendable(statement)
	statement.not_principals.items[0].kind.value
}

deny contains {"at": statement.not_principals.at, "key": channel.id, "message": $"{policy.id} allows every principal except those in NotPrincipal to send to {channel.id}, which triggers a function (public)"} if {
	some policy in input.channel_policies
	some reference in policy.channels.items
	some i in reference.targets
	i in channels.feeding
	channel := input.channels[i]
	sendable_to(channel)
	not trust.turned_away(policy.statements, channels.sending)
	some statement in policy.statements.items
	channels.sendable(statement)
	statement.not_principals.items[0].kind.value
}

deny contains {"at": permission.principal.at, "message": $"{permission.id} allows anyone to send to an event bus that triggers a function: Principal is {permission.principal.value} (public)"} if {
	some permission in input.bus_permissions
	permission.principal.value == "*"
	permission.condition.absent
	feeds_function(permission.bus)
}

feeds_function(bus) if {
	some i in bus.targets
	i in channels.feeding
}

# Rules without a bus are on the default bus.
feeds_function(bus) if {
	on_default(bus)
	some trigger in input.triggers
	trigger.service.value == "events"
	trigger.type != "AWS::EventsV2::Subscriber"
	on_default(trigger.bus)
}

on_default(bus) if bus.absent

on_default(bus) if bus.value == "default"

# sendable_to reports whether a channel is a queue, a topic or an event bus. trigger-stream-policy-public and
# trigger-bucket-public-write report the others.
sendable_to(channel) if regex.match(`(?i)sqs|sns|event_bus|events::eventbus`, channel.type)
