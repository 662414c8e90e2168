package lib.shared_test

import data.lib.shared

role(actions) := {
	"id": "r", "at": 7,
	"statements": {"items": [{
		"effect": {"value": "Allow"}, "actions": {"items": [{"value": action} | some action in actions]}, "not_actions": {"absent": true, "items": []},
	}]},
	"managed_policies": {"items": []},
}

stack(actions) := {
	"functions": [
		{"id": "b", "role": {"at": 1, "targets": [0]}},
		{"id": "a", "role": {"at": 2, "targets": [0]}},
	],
	"roles": [role(actions)],
}

test_places if {
	shared.places.r == {7} with input as stack(["s3:GetObject"])
}

test_powerful if {
	shared.powerful == {"r"} with input as stack(["logs:PutLogEvents", "s3:GetObject"])
	shared.powerful == set() with input as stack(["logs:PutLogEvents", "ec2:CreateNetworkInterface"])
}

test_few if {
	shared.few == set() with input as stack(["logs:PutLogEvents", "s3:GetObject"])
	shared.few == {"r"} with input as stack(["logs:PutLogEvents", "xray:PutTraceSegments"])
}
