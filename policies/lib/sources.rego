# METADATA
# description: What event source mappings read from, and where events that fail go.
package lib.sources

# kinds are the services that event source mappings read from, by the index of the mapping. An unknown one has none. Events
# of SAM name their kind, whatever is known of the source.
# kinds are the kinds of sources that an event source mapping may have.
kinds[i] contains kind if {
	some i, all in named
	some kind in all
}

# A source of which nothing is known is a stream if records are read from a position, and neither Kafka nor DocumentDB is configured.
kinds[i] contains kind if {
	some i, mapping in input.event_sources
	mapping.source.unknown
	count(mapping.source.targets) == 0
	mapping.starting_position.value
	mapping.kind.absent
	mapping.topics.absent
	mapping.self_managed.absent
	mapping.document_db.absent
	some kind in ["dynamodb", "kinesis"]
}

# named are the kinds that the source itself or its configuration names.
named[i] contains events[mapping.kind.value] if some i, mapping in input.event_sources

named[i] contains kind if {
	some i, mapping in input.event_sources
	mapping.kind.absent
	some part in ["value", "prefix"]
	kind := services[regex.find_all_string_submatch_n(`^arn:[^:]*:([a-z]+):`, mapping.source[part], 1)[0][1]]
}

named[i] contains kind if {
	some i, mapping in input.event_sources
	mapping.kind.absent
	some target in mapping.source.targets
	kind := kind_of(input.channels[target].type)
}

# The service of an unknown source follows from what it may be.
named[i] contains services[mapping.source.service] if {
	some i, mapping in input.event_sources
	mapping.kind.absent
}

named[i] contains "kafka" if {
	some i, mapping in input.event_sources
	self_managed(mapping)
}

named[i] contains "kafka" if {
	some i, mapping in input.event_sources
	count(mapping.topics.items) > 0
}

named[i] contains "mq" if {
	some i, mapping in input.event_sources
	count(mapping.queues.items) > 0
}

named[i] contains "rds" if {
	some i, mapping in input.event_sources
	not mapping.document_db.absent
	not mapping.document_db.unknown
}

# events are the services of the kinds of events.
events := {
	"DocumentDB": "rds", "DynamoDB": "dynamodb", "Kinesis": "kinesis", "MQ": "mq", "MSK": "kafka", "SelfManagedKafka": "kafka",
	"SQS": "sqs",
}

# services are those that mappings read from, as ARNs write them. DocumentDB has that of RDS.
services := {"dynamodb": "dynamodb", "kafka": "kafka", "kinesis": "kinesis", "mq": "mq", "rds": "rds", "sqs": "sqs"}

# self_managed reports whether a mapping certainly reads from a Kafka cluster that AWS does not manage.
self_managed(mapping) if {
	not mapping.self_managed.absent
	not mapping.self_managed.unknown
}

# kind_of is the service of a type of channel, as ARNs write it.
kind_of(type) := regex.replace(regex.find_n(`sqs|sns|kinesis|dynamodb|msk|s3|event`, lower(type), 1)[0], `^msk$`, "kafka")

# readers are the functions that mappings invoke with what they read from a channel, by the index of the channel.
readers[q] contains i if {
	some mapping in input.event_sources
	some q in mapping.source.targets
	some i in mapping.function.targets
}

# slowest are the timeout and the id of the function with the longest timeout that reads from a queue, by its index.
slowest[q] := sorted[count(sorted) - 1] if {
	some q, channel in input.channels
	kind_of(channel.type) == "sqs"
	sorted := sort([[fn.timeout.value, fn.id] | some i in readers[q]; fn := input.functions[i]])
	count(sorted) > 0
}

# sixfold is six times a number.
sixfold(n) := double + (double + double) if double := n + n

# dead_letters are the queues and topics that receive events that failed, by their index, with the resource that sends
# them there.
dead_letters[q] contains fn.id if {
	some fn in input.functions
	some q in fn.dead_letter.target.targets
}

dead_letters[q] contains config.id if {
	some config in input.async_configs
	some q in config.on_failure.targets
}

dead_letters[q] contains mapping.id if {
	some mapping in input.event_sources
	some q in mapping.on_failure.targets
}

dead_letters[q] contains trigger.id if {
	some trigger in input.triggers
	some target in trigger.targets.items
	some q in target.dead_letter.targets
}

dead_letters[q] contains input.channels[source].id if {
	some source, _ in readers
	some q in input.channels[source].redrive.target.targets
}

# dead_letter_queues are the queues that are the dead-letter queue of something, are meant to be, or may be.
dead_letter_queues contains q if some q, _ in dead_letters

dead_letter_queues contains q if {
	some channel in input.channels
	some q in channel.redrive.target.targets
}

dead_letter_queues contains q if {
	some q, channel in input.channels
	not channel.redrive_allow.absent
	not channel.redrive_allow.permission.value == "denyAll"
}

dead_letter_queues contains q if {
	some q, _ in input.channels
	some destination in destinations
	destination.unknown
	count(destination.targets) == 0
}

# destinations are the places where something sends events that failed.
destinations contains fn.dead_letter.target if some fn in input.functions

destinations contains config.on_failure if some config in input.async_configs

destinations contains mapping.on_failure if some mapping in input.event_sources

destinations contains channel.redrive.target if {
	some channel in input.channels
	not channel.redrive.unknown
}

destinations contains target.dead_letter if {
	some trigger in input.triggers
	some target in trigger.targets.items
}
