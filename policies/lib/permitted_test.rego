package lib.permitted_test

import data.lib.permitted

put := "logs:PutLogEvents"

role(managed, statements) := {
	"id": "Role",
	"managed_policies": {"items": managed},
	"statements": {"items": statements},
	"other_actions": {"items": []},
	"other_managed_policies": {"items": []},
}

lacks(role) if permitted.lacks(role.id, put) with input.roles as [role]

allow(actions) := {
	"effect": {"value": "Allow"},
	"actions": {"items": [{"value": action} | some action in actions]},
	"not_actions": {"absent": true},
}

managed(arn) := {"value": arn, "targets": []}

test_lacks if {
	lacks(role([], []))
	lacks(role([], [allow(["s3:GetObject", "logs:CreateLog*"])]))
	lacks(role([managed("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")], []))
	lacks(role([{"suffix": ":iam::aws:policy/AmazonS3ReadOnlyAccess", "targets": []}], []))
	lacks(role([{"targets": [0]}], []))
	lacks(role([], [{"effect": {"value": "Deny"}}]))
}

test_has if {
	every actions in [["*"], ["logs:*"], ["LOGS:put*"], ["logs:PutLogEvent?"], ["s3:GetObject", "logs:PutLogEvents"]] {
		not lacks(role([], [allow(actions)]))
	}
	not lacks(role([managed("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")], []))
}

test_may_have if {
	not lacks(role([managed("arn:aws:iam::aws:policy/NeverHeardOf")], []))
	not lacks(role([managed("arn:aws:iam::123456789012:policy/logs")], []))
	not lacks(role([{"unknown": true, "targets": []}], []))
	not lacks(object.union(role([], []), {"statements": {"unknown": true}}))
	not lacks(role([], [object.union(allow([]), {"actions": {"items": [{"unknown": true}]}})]))
	not lacks(role([], [object.union(allow([]), {"not_actions": {"items": [{"value": "iam:*"}]}})]))
}

test_has_under_a_condition if {
	granting := role([], [allow([put])])
	not permitted.lacks("Role", put) with input.roles as [role([], []), granting]
	permitted.lacks("Role", put) with input.roles as [role([], []), object.union(granting, {"id": "Other"})]
}

test_has_with_other_variables if {
	every attribute, other in {
		"other_actions": {"items": [{"value": "logs:*"}]},
		"other_managed_policies": {"items": [managed("arn:aws:iam::aws:policy/NeverHeardOf")]},
	} {
		not lacks(object.union(role([], []), {attribute: other}))
		not lacks(object.union(role([], []), {attribute: {"items": [], "unknown": true}}))
	}
}
