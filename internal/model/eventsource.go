package model

import "lintel/internal/tree"

// narrowSource adds an example to a source of which nothing is known and that can only be an SQS queue: streams need a starting
// position, Kafka needs topics, MQ queues, and DocumentDB a configuration
// (https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html).
func (m *EventSource) narrowSource() {
	for _, state := range []tree.State{m.Kind.State, m.Topics.State, m.Queues.State, m.SelfManaged.State, m.DocumentDB.State, m.StartingPosition.State} {
		if state != tree.StateAbsent {
			return
		}
	}
	prefix, suffix := m.Source.Ends()
	if m.Source.State != tree.StateUnknown || len(m.Source.IDs) > 0 || prefix != "" && prefix != "arn:" || suffix != "" {
		return
	}
	m.Source.open = &open{prefix, suffix, []string{tree.ExampleQueue}}
}
