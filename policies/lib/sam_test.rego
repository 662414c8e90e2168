package lib.sam_test

import data.lib.sam

stack(name) := {
	"roles": [{"functions": {"targets": [0]}}],
	"functions": [{"sam_policies": {"items": [{"name": name}]}}],
}

test_wrote if {
	sam.wrote(0, "sqs:SendMessage*") with input as stack({"value": "SQSSendMessagePolicy"})
	not sam.wrote(0, "sqs:Send*") with input as stack({"value": "SQSSendMessagePolicy"})
	not sam.wrote(0, "sqs:SendMessage*") with input as stack({"value": "SQSPollerPolicy"})
	sam.wrote(0, "sqs:SendMessage*") with input as stack({"unknown": true})
}

test_unknown_function if {
	unknown := {"op": "add", "path": "roles/0/functions", "value": {"targets": [], "unknown": true}}
	sam.wrote(0, "textract:*") with input as json.patch(stack({"value": "TextractPolicy"}), [unknown])
	not sam.wrote(0, "s3:*") with input as json.patch(stack({"value": "TextractPolicy"}), [unknown])
}
