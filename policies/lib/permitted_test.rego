package lib.permitted_test

import data.lib.permitted

put := "logs:PutLogEvents"

role(managed, statements) := {"managed_policies": {"items": managed}, "statements": {"items": statements}}

allow(actions) := {
	"effect": {"value": "Allow"},
	"actions": {"items": [{"value": action} | some action in actions]},
	"not_actions": {"absent": true},
}

managed(arn) := {"value": arn, "targets": []}

test_lacks if {
	permitted.lacks(role([], []), put)
	permitted.lacks(role([], [allow(["s3:GetObject", "logs:CreateLog*"])]), put)
	permitted.lacks(role([managed("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")], []), put)
	permitted.lacks(role([{"suffix": ":iam::aws:policy/AmazonS3ReadOnlyAccess", "targets": []}], []), put)
	permitted.lacks(role([{"targets": [0]}], []), put)
	permitted.lacks(role([], [{"effect": {"value": "Deny"}}]), put)
}

test_has if {
	every actions in [["*"], ["logs:*"], ["LOGS:put*"], ["logs:PutLogEvent?"], ["s3:GetObject", "logs:PutLogEvents"]] {
		not permitted.lacks(role([], [allow(actions)]), put)
	}
	not permitted.lacks(role([managed("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")], []), put)
}

test_may_have if {
	not permitted.lacks(role([managed("arn:aws:iam::aws:policy/NeverHeardOf")], []), put)
	not permitted.lacks(role([managed("arn:aws:iam::123456789012:policy/logs")], []), put)
	not permitted.lacks(role([{"unknown": true, "targets": []}], []), put)
	not permitted.lacks({"managed_policies": {"items": []}, "statements": {"items": [], "unknown": true}}, put)
	not permitted.lacks(role([], [object.union(allow([]), {"actions": {"items": [{"unknown": true}]}})]), put)
	not permitted.lacks(role([], [object.union(allow([]), {"not_actions": {"items": [{"value": "iam:*"}]}})]), put)
}
