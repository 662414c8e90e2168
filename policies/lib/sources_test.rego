package lib.sources_test

import data.lib.sources

absent := {
	"kind": {"absent": true},
	"source": {"absent": true, "targets": []}, "function": {"targets": []}, "self_managed": {"absent": true},
	"topics": {"absent": true, "items": []}, "queues": {"absent": true, "items": []}, "document_db": {"absent": true},
}

mapping(fields) := object.union(object.remove(absent, object.keys(fields)), fields)

stack(mappings, channels) := {"event_sources": mappings, "channels": channels, "functions": []}

test_kinds if {
	sources.kinds == {
		0: {"sqs"}, 1: {"kinesis"}, 2: {"kafka"}, 3: {"kafka"}, 4: {"mq"}, 5: {"rds"}, 7: {"dynamodb"}, 8: {"kafka"},
	} with input as stack(
		[
			mapping({"source": {"value": "arn:aws:sqs:eu-west-1:111122223333:orders", "targets": []}}),
			mapping({"source": {"unknown": true, "prefix": "arn:aws:kinesis:", "suffix": ":stream/x", "targets": []}}),
			mapping({"self_managed": {"at": 1}}),
			mapping({"topics": {"items": [{"unknown": true}]}}),
			mapping({"queues": {"items": [{"value": "jobs"}]}}),
			mapping({"document_db": {"at": 1}}),
			mapping({"source": {"unknown": true, "prefix": "arn:aws:", "targets": []}, "self_managed": {"unknown": true}}),
			mapping({"source": {"unknown": true, "targets": [0]}}),
			mapping({"kind": {"value": "MSK"}, "source": {"unknown": true, "targets": []}}),
		],
		[{"type": "aws_dynamodb_table"}],
	)
}

test_kind_of if {
	sources.kind_of("aws_sqs_queue") == "sqs"
	sources.kind_of("AWS::SNS::Topic") == "sns"
	sources.kind_of("aws_msk_cluster") == "kafka"
	sources.kind_of("AWS::EventsV2::EventBus") == "event"
	sources.kind_of("aws_cloudwatch_event_bus") == "event"
	sources.kind_of("aws_s3_bucket") == "s3"
}

test_sixfold if sources.sixfold(30) == 180
