# METADATA
# title: Event source mapping has settings that its source does not support
# description: |
#   AWS rejects the event source mapping, so the deployment fails. Queues have no starting position,
#   streams and Kafka require one, FIFO queues deliver at most 10 messages at once, and larger
#   batches of other queues require a batching window.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
#     description: CreateEventSourceMapping
# schemas:
#   - input: schema.stack
# custom:
#   id: esm-invalid-combination
#   severity: medium
#   category: reliability
#   profile: default
#   practices: [11d]
#   since: v0.1.0
#   cwe: [CWE-16]
#   peers:
#     - cfn-lint E3633
#     - cfn-lint E3634
#     - cfn-lint E3705
#   fix:
#     title: Reduce the batch size to 10
#     set: {computed: true}
#   remediation: |
#     Remove the setting, or add the required one: `starting_position` (`StartingPosition`) for
#     streams and Kafka, a batching window of at least one second for batches of more than 10
#     messages.
package rules.esm_invalid_combination

import data.lib.sources

deny contains {"at": mapping.starting_position.at, "message": $"{mapping.id} has the starting position {mapping.starting_position.value}, but a queue has none"} if {
	some i, mapping in input.event_sources
	some kind in sources.kinds[i]
	kind in {"mq", "sqs"}
	mapping.starting_position.value
}

deny contains {"at": mapping.starting_position.at, "message": $"{mapping.id} has no starting position, which its source requires"} if {
	some i, mapping in input.event_sources
	mapping.starting_position.absent
	some kind in sources.kinds[i]
	kind in {"dynamodb", "kafka", "kinesis"}
	mapping.kafka.consumption_mode.value != "Queue"
}

deny contains {"at": mapping.starting_position.at, "message": $"{mapping.id} has the starting position {mapping.starting_position.value}, which the consumption mode Queue does not support"} if {
	some mapping in input.event_sources
	mapping.kafka.consumption_mode.value == "Queue"
	mapping.starting_position.value
}

deny contains {"at": mapping.starting_position.at, "message": $"{mapping.id} has the starting position {mapping.starting_position.value}, which DynamoDB does not support"} if {
	some i, mapping in input.event_sources
	"dynamodb" in sources.named[i]
	mapping.starting_position.value == "AT_TIMESTAMP"
}

deny contains {"at": mapping.batch_size.at, "set": "10", "message": $"{mapping.id} has a batch size of {mapping.batch_size.value}, which exceeds the limit of 10 for a FIFO queue"} if {
	some i, mapping in input.event_sources
	mapping.batch_size.value > 10
	fifo(i)
}

deny contains {"at": mapping.batch_window.at, "message": $"{mapping.id} has a batching window of {mapping.batch_window.value} seconds, which a FIFO queue does not support"} if {
	some i, mapping in input.event_sources
	mapping.batch_window.value > 0
	fifo(i)
}

deny contains {"at": mapping.batch_window.at, "message": $"{mapping.id} has a batch size of {mapping.batch_size.value} and no batching window, which a queue requires for more than 10 messages"} if {
	some i, mapping in input.event_sources
	mapping.batch_size.value > 10
	no_window(mapping.batch_window)
	"sqs" in sources.kinds[i]
	standard(i)
}

deny contains {"at": mapping.tumbling_window.at, "message": $"{mapping.id} has a tumbling window of {mapping.tumbling_window.value} seconds, but its source is not a stream"} if {
	some i, mapping in input.event_sources
	mapping.tumbling_window.value > 0
	some kind in sources.kinds[i]
	kind in {"kafka", "mq", "rds", "sqs"}
}

no_window(window) if window.absent

no_window(window) if window.value < 1

# fifo reports whether the source of a mapping is certainly a FIFO queue, whose name ends with .fifo.
fifo(i) if {
	"sqs" in sources.kinds[i]
	some part in ["value", "suffix"]
	endswith(input.event_sources[i].source[part], ".fifo")
}

fifo(i) if {
	some target in input.event_sources[i].source.targets
	input.channels[target].fifo.value == true
}

# standard reports whether it is certainly another one.
standard(i) if {
	not input.event_sources[i].source.unknown # an ARN with a made-up name decides nothing
	endswith(input.event_sources[i].source.value, ".fifo") == false
}

standard(i) if {
	some target in input.event_sources[i].source.targets
	input.channels[target].fifo.value == false
}
