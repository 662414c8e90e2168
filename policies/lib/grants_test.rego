package lib.grants_test

import data.lib.grants

known(at, value) := {"at": at, "value": value}

list(items) := {"at": 0, "items": items}

statement(at, effect, actions, resources) := {
	"at": at,
	"effect": known(at, effect),
	"actions": list([known(at + 1, action) | some action in actions]),
	"not_actions": list([]),
	"resources": list([known(at + 2, resource) | some resource in resources]),
	"not_resources": list([]),
	"conditions": list([]),
}

stack(statements) := {
	"functions": [{"id": "orders", "role": {"targets": [0]}}],
	"roles": [{"id": "role", "functions": {"targets": [0]}, "statements": list(statements)}],
}

test_users if {
	grants.users[0] == {"orders"} with input as stack([])
}

# trusting is a stack with a role that no function has.
trusting(effect, service) := {"functions": [], "roles": [{"id": "role", "functions": {"targets": []}, "statements": list([]), "trust": list([{
	"effect": known(0, effect),
	"principals": list([{"kind": known(0, "Service"), "value": service}]),
}])}]}

test_users_elsewhere if {
	every service in [known(0, "lambda.amazonaws.com"), known(0, "edgelambda.amazonaws.com"), {"at": 0, "unknown": true, "prefix": "lambda."}] {
		grants.users[0] == set() with input as trusting("Allow", service)
	}
	not grants.users[0] with input as trusting("Deny", known(0, "lambda.amazonaws.com"))
	not grants.users[0] with input as trusting("Allow", known(0, "ec2.amazonaws.com"))
	not grants.users[0] with input as trusting("Allow", {"at": 0, "unknown": true})
}

test_purpose if {
	grants.purpose[0] == "execution role of orders" with input as stack([])
	grants.purpose[0] == "execution role" with input as trusting("Allow", known(0, "lambda.amazonaws.com"))
}

test_everything if {
	found := grants.everything[0] with input as stack([statement(10, "Allow", ["*"], ["*"])])
	found == {{"at": 11, "in": 10}}
	every s in [statement(10, "Deny", ["*"], ["*"]), statement(10, "Allow", ["*"], ["arn:aws:s3:::*"])] {
		not grants.everything[0] with input as stack([s])
	}
}

test_open if {
	found := grants.open[0] with input as stack([statement(10, "Allow", ["s3:Get*", "sqs:*", "iam:PassRole"], ["arn:aws:s3:::*", "arn:aws:iam::*:role/*"])])
	{grant.name | some grant in found} == {"s3:Get*", "iam:PassRole"}
}

test_broad if {
	found := grants.broad[0] with input as stack([statement(10, "Allow", ["s3:Get*", "sqs:*"], ["*"])])
	{grant.name | some grant in found} == {"s3:Get*"}
}

test_starred if {
	not grants.open[0] with input as stack([statement(10, "Allow", ["*", "s3:*"], ["*"])])
}

condition(operator, key, value) := {"at": 19, "operator": known(0, operator), "key": known(0, key), "values": list([known(0, value)])}

test_narrowed if {
	s := statement(10, "Allow", ["iam:PassRole"], ["*"])
	narrow := object.union(s, {"conditions": list([condition("StringEquals", "iam:PassedToService", "lambda.amazonaws.com")])})
	idle := object.union(s, {"conditions": list([condition("Bool", "aws:SecureTransport", "true")])})
	unknown := object.union(s, {"conditions": {"at": 0, "items": [], "unknown": true}})
	not grants.open[0] with input as stack([narrow])
	not grants.open[0] with input as stack([unknown])
	grants.open[0] with input as stack([idle])
}

test_denied if {
	every denial in [
		statement(20, "Deny", ["iam:*"], ["*"]),
		object.union(statement(20, "Deny", [], ["*"]), {"not_actions": list([known(21, "s3:*")])}),
		object.union(statement(20, "Deny", ["iam:Pass*"], []), {"not_resources": list([known(21, "arn:aws:iam::123456789012:role/app")])}),
	] {
		grants.denied(0, "iam:passrole") with input as stack([denial])
	}
}

# What may be denied counts as denied.
test_may_be_denied if {
	s := statement(20, "Deny", ["iam:*"], ["*"])
	every denial in [
		object.union(s, {"effect": {"at": 20, "unknown": true}}),
		object.union(s, {"conditions": {"at": 0, "items": [], "unknown": true}}),
		object.union(s, {"actions": list([{"at": 21, "unknown": true}])}),
		object.union(s, {"resources": list([{"at": 21, "unknown": true}])}),
		object.union(statement(20, "Deny", [], ["*"]), {"not_actions": list([{"at": 21, "unknown": true}])}),
		object.union(statement(20, "Deny", [], ["*"]), {"not_actions": {"at": 21, "items": [known(21, "s3:*")], "unknown": true}}),
	] {
		grants.denied(0, "iam:passrole") with input as stack([denial])
	}
}

test_not_denied if {
	s := statement(20, "Deny", ["iam:*"], ["*"])
	every denial in [
		statement(20, "Allow", ["iam:*"], ["*"]),
		statement(20, "Deny", ["s3:*"], ["*"]),
		statement(20, "Deny", ["iam:*"], ["arn:aws:iam::123456789012:role/admin"]),
		object.union(s, {"conditions": list([condition("StringNotEquals", "aws:RequestedRegion", "eu-west-1")])}),
		object.union(statement(20, "Deny", [], ["*"]), {"not_actions": list([known(21, "iam:PassRole")])}),
	] {
		not grants.denied(0, "iam:passrole") with input as stack([denial])
	}
}

test_may if {
	given := stack([statement(10, "Allow", ["lambda:*"], ["*"]), statement(20, "Deny", ["lambda:Invoke*"], ["*"])])
	grants.may(0, ["iam:passrole", "lambda:createfunction"]) with input as given
	not grants.may(0, ["lambda:invokefunction"]) with input as given
}

test_ways if {
	given := stack([statement(10, "Allow", ["lambda:CreateFunction"], ["*"]), statement(20, "Allow", ["iam:PassRole", "lambda:*"], ["*"])])
	found := grants.ways[0] with input as given
	{way.at | some way in found} == {11}
}

test_no_ways if {
	every action in ["lambda:CreateFunction", "iam:*", "lambda:UpdateFunctionUrlConfig"] {
		not grants.ways[0] with input as stack([statement(10, "Allow", [action], ["*"])])
	}
}
