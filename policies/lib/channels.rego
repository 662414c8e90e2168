# METADATA
# description: Queues, topics and event buses that pass what they receive on to functions, and who may send to them.
package lib.channels

import data.lib.trust

# feeding are the channels whose messages reach a function.
feeding contains i if {
	some mapping in input.event_sources
	some i in mapping.source.targets
}

feeding contains i if {
	some trigger in input.triggers
	some i in trigger.source.targets
}

feeding contains i if {
	some trigger in input.triggers
	some i in trigger.bus.targets
}

# A topic can contain its subscriptions.
feeding contains i if {
	some i, channel in input.channels
	some trigger in input.triggers
	trigger.id == channel.id
}

# sendable reports whether a statement allows its principals to send, without restricting them.
sendable(statement) if {
	statement.effect.value == "Allow"
	some action in statement.actions.items
	sends(action.value)
	not trust.narrowed(statement.conditions, trust.not_who)
}

sendable(statement) if {
	statement.effect.value == "Allow"
	every action in sending {
		trust.leaves_open(statement, {action})
	}
	not trust.narrowed(statement.conditions, trust.not_who)
}

sends(action) if regex.match(`(?i)^(\*+|sqs:(\*+|send.*)|sns:(\*+|publish.*)|events:(\*+|put\*+|putevents.*))$`, action)

# sending are the actions that send messages.
sending := {"events:putevents", "sns:publish", "sqs:sendmessage"}
