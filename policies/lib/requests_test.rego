package lib.requests_test

import data.lib.iam
import data.lib.requests
import data.lib.trust

on := {"today": "2026-11-30", "settings": {"epoch": "1795996800"}}

condition(operator, key, values) := {
	"operator": {"value": operator},
	"key": {"value": key},
	"values": {"items": [v | some value in values; v := node(value)]},
}

# node is an unknown value for null.
node(null) := {"unknown": true}

node(value) := {"value": value} if value != null

# Each condition with the requests that meet it.
table := [
	# Dates and times, with each operator.
	["DateLessThan", "aws:CurrentTime", ["2020-01-01T00:00:00Z"], "never"],
	["DateLessThan", "aws:CurrentTime", ["2030-01-01T00:00:00Z"], "always"],
	["DateLessThan", "aws:CurrentTime", ["2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z"], "always"],
	["DateLessThanEquals", "aws:currenttime", ["2020-01-01"], "never"],
	["DateLessThanIfExists", "aws:CurrentTime", ["2020"], "never"],
	["ForAnyValue:DateLessThan", "aws:CurrentTime", ["2020-01"], "never"],
	["ForAllValues:DateLessThan", "aws:CurrentTime", ["2020-01"], "never"],
	["DateGreaterThan", "aws:CurrentTime", ["2020-01-01T00:00:00Z"], "always"],
	["DateGreaterThanEquals", "aws:CurrentTime", ["2020-01-01T00:00:00Z"], "always"],
	["DateGreaterThan", "aws:CurrentTime", ["2030-01-01T00:00:00Z"], "some"],
	["DateEquals", "aws:CurrentTime", ["2020-01-01T00:00:00Z"], "never"],
	["DateNotEquals", "aws:CurrentTime", ["2020-01-01T00:00:00Z"], "always"],
	["DateLessThan", "aws:TokenIssueTime", ["2020-01-01T00:00:00Z"], "never"],
	["DateLessThanIfExists", "aws:TokenIssueTime", ["2020-01-01T00:00:00Z"], "some"],
	["NumericLessThan", "aws:EpochTime", ["1500000000"], "never"],
	["NumericLessThan", "aws:EpochTime", ["1900000000"], "always"],
	["NumericGreaterThan", "aws:EpochTime", ["1500000000"], "always"],
	["DateLessThan", "aws:EpochTime", ["1500000000"], "never"],
	["DateGreaterThan", "aws:EpochTime", ["1900000000"], "some"],
	["DateLessThan", "aws:CurrentTime", [null], "never always"],
	["DateLessThan", "aws:CurrentTime", [null, "2030-01-01"], "always"],
	["DateGreaterThan", "aws:CurrentTime", [null], "always"],
	# Numbers.
	["NumericLessThan", "aws:MultiFactorAuthAge", ["0"], "never"],
	["NumericLessThan", "aws:MultiFactorAuthAge", ["-1"], "never"],
	["NumericLessThanEquals", "aws:MultiFactorAuthAge", ["0"], "some"],
	["NumericLessThanEquals", "aws:MultiFactorAuthAge", ["-1"], "never"],
	["NumericEquals", "s3:max-keys", ["-1"], "never"],
	["NumericLessThan", "aws:MultiFactorAuthAge", ["3600"], "some"],
	["NumericLessThan", "aws:MultiFactorAuthAge", ["0", "3600"], "some"],
	["NumericLessThanIfExists", "aws:MultiFactorAuthAge", ["0"], "some"],
	["NumericGreaterThan", "aws:MultiFactorAuthAge", ["0"], "some"],
	["NumericLessThan", "aws:MultiFactorAuthAge", [null], "never"],
	# Keys that every request has.
	["Null", "aws:CurrentTime", ["true"], "never"],
	["Null", "aws:CurrentTime", ["false"], "always"],
	["Null", "aws:SecureTransport", ["true", "false"], "always"],
	["Null", "aws:PrincipalOrgID", ["true"], "some"],
	["Null", "aws:PrincipalOrgID", ["false"], "some"],
	["Null", "aws:UserAgent", [null], "never"],
	# Negated patterns of keys that every caller has.
	["StringNotLike", "aws:PrincipalArn", ["*"], "never"],
	["StringNotLike", "aws:PrincipalArn", ["arn:aws:iam::123456789012:role/*"], "some"],
	["ArnNotLike", "aws:PrincipalArn", ["arn:aws:*"], "never"],
	["ArnNotEquals", "aws:PrincipalArn", ["arn:aws:iam::123456789012:role/ci", "*"], "never"],
	["StringNotLikeIfExists", "aws:userid", ["**"], "never"],
	["StringNotEquals", "aws:PrincipalArn", ["*"], "some"],
	["StringNotLike", "aws:PrincipalOrgID", ["*"], "some"],
	["StringNotLike", "aws:PrincipalArn", [null], "never"],
	# Operators whose result depends on the request.
	["StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"], "some"],
	["StringLike", "aws:PrincipalArn", ["*"], "some"],
	["BinaryEquals", "example:key", ["QmluYXJ5"], "some"],
	["Bool", "aws:SecureTransport", ["false"], "some"],
	["IpAddress", "aws:SourceIp", ["203.0.113.0/24"], "some"],
	["ForAllValues:StringEquals", "aws:TagKeys", ["team"], "some"],
]

test_table if {
	every row in table {
		c := condition(row[0], row[1], row[2])
		does(c) == row[3] with input as on
	}
}

does(c) := "never always" if {
	requests.never(c)
	requests.always(c)
} else := "never" if requests.never(c)

else := "always" if requests.always(c)

else := "some"

test_contradictions if {
	every pair in [
		[["StringEquals", "sts:ExternalId", ["a"]], ["StringEqualsIgnoreCase", "sts:externalid", ["b"]]],
		[["StringEquals", "sts:ExternalId", ["a", "b"]], ["StringNotEquals", "sts:ExternalId", ["b", "a"]]],
		[["StringEquals", "sts:ExternalId", ["a"]], ["StringLike", "sts:ExternalId", ["b*"]]],
		[["StringEquals", "sts:ExternalId", ["orders"]], ["StringNotLike", "sts:ExternalId", ["o*"]]],
		[["StringEquals", "aws:PrincipalOrgID", ["o-a"]], ["Null", "aws:PrincipalOrgID", ["true"]]],
		[["IpAddress", "aws:SourceIp", ["0.0.0.0/0"]], ["Null", "aws:SourceIp", ["true"]]],
		[["Null", "aws:SourceIp", ["false"]], ["Null", "aws:SourceIp", ["true"]]],
		[["Bool", "aws:SecureTransport", ["true"]], ["BoolIfExists", "aws:SecureTransport", ["false"]]],
		[["DateGreaterThan", "aws:CurrentTime", ["2030-01-01"]], ["DateLessThan", "aws:CurrentTime", ["2029-01-01"]]],
		[["NumericGreaterThan", "aws:MultiFactorAuthAge", ["3600"]], ["NumericLessThan", "aws:MultiFactorAuthAge", ["600"]]],
		[["StringEquals", "sts:ExternalId", ["a"]], ["StringLike", "sts:ExternalId", [null]]],
	] {
		requests.unmet(both(pair)) with input as on
	}
}

test_no_contradictions if {
	every pair in [
		[["StringEquals", "sts:ExternalId", ["a", "b"]], ["StringNotEquals", "sts:ExternalId", ["b"]]],
		[["StringEquals", "sts:ExternalId", ["a"]], ["StringEquals", "aws:PrincipalOrgID", ["b"]]],
		[["StringEquals", "sts:ExternalId", ["orders-1"]], ["StringLike", "sts:ExternalId", ["o*"]]],
		[["StringEquals", "sts:ExternalId", ["orders"]], ["StringLike", "sts:ExternalId", ["[o]*"]]],
		[["StringEquals", "aws:PrincipalOrgID", ["o-a"]], ["Null", "aws:PrincipalOrgID", ["false"]]],
		[["StringEqualsIfExists", "aws:PrincipalOrgID", ["o-a"]], ["Null", "aws:PrincipalOrgID", ["true"]]],
		[["Bool", "aws:SecureTransport", ["true"]], ["BoolIfExists", "aws:SecureTransport", ["true"]]],
		[["DateGreaterThan", "aws:CurrentTime", ["2020-01-01"]], ["DateLessThan", "aws:CurrentTime", ["2030-01-01"]]],
		[["NumericGreaterThan", "aws:MultiFactorAuthAge", ["600"]], ["NumericLessThan", "aws:MultiFactorAuthAge", ["3600"]]],
		[["StringEquals", "aws:PrincipalTag/team", ["a"]], ["StringLike", "aws:PrincipalTag/team", ["${aws:RequestTag/team}"]]],
	] {
		not requests.unmet(both(pair)) with input as on
	}
}

both(pair) := {"items": [condition(c[0], c[1], c[2]) | some c in pair]}

test_addresses if {
	every ranges in [{"0.0.0.0/0"}, {"::/0"}, {"0.0.0.0/1", "128.0.0.0/1"}, {"1.2.3.4/1", "200.0.0.0/1"}, {"::/1", "8000::/1"}, {"10.0.0.0/8", "0.0.0.0/0"}] {
		requests.any_address(ranges)
	}
	every ranges in [set(), {"0.0.0.0/1"}, {"128.0.0.0/1", "192.0.0.0/1"}, {"::/1"}, {"10.0.0.0/8"}, {"0.0.0.0/8", "128.0.0.0/1"}] {
		not requests.any_address(ranges)
	}
}

test_variables if {
	requests.own_variable("aws:PrincipalOrgID", "${aws:principalorgid}")
	not requests.own_variable("aws:PrincipalOrgID", "${aws:ResourceOrgID}")
	iam.idle("StringEquals", "aws:SourceAccount", ["${aws:SourceAccount}"])
	not iam.idle("StringEquals", "aws:SourceAccount", ["${aws:PrincipalAccount}"])
}

narrows(conditions) if trust.narrowed({"items": [condition(c[0], c[1], c[2]) | some c in conditions]}, trust.not_who)

test_narrowed if {
	every conditions in [
		[["DateLessThan", "aws:CurrentTime", ["2020-01-01T00:00:00Z"]]],
		[["Null", "aws:PrincipalServiceName", ["false"]]],
		[["StringEqualsIfExists", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]], ["Null", "aws:PrincipalOrgID", ["false"]]],
		[["ForAllValues:StringEquals", "aws:SourceVpce", ["vpce-0a1b2c3d"]], ["Null", "aws:SourceVpce", ["false"]]],
		[["StringNotLike", "aws:PrincipalArn", ["*"]]],
		[["StringEquals", "aws:PrincipalOrgID", ["${aws:ResourceOrgID}"]]],
	] {
		narrows(conditions) with input as on
	}
}

test_not_narrowed if {
	every conditions in [
		[["DateLessThan", "aws:CurrentTime", ["2030-01-01T00:00:00Z"]]],
		[["DateGreaterThan", "aws:CurrentTime", ["2020-01-01T00:00:00Z"]]],
		[["StringLikeIfExists", "aws:PrincipalOrgID", ["o-*"]], ["Null", "aws:PrincipalOrgID", ["false"]]],
		[["StringEqualsIfExists", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"]], ["Null", "aws:PrincipalOrgID", ["true"]]],
		[["StringEquals", "aws:PrincipalOrgID", ["${aws:PrincipalOrgID}"]]],
		[["ArnLike", "aws:PrincipalArn", ["arn:aws:iam::${aws:PrincipalAccount}:role/ci"]]],
		[["ArnLike", "aws:PrincipalArn", ["arn:aws:iam::*"]]],
		[["StringLike", "aws:SourceVpce", ["vpce-?*"]]],
		[["IpAddress", "aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"]]],
		[["IpAddress", "aws:SourceIp", ["::/1", "8000::/1"]]],
	] {
		not narrows(conditions) with input as on
	}
}

denial(c) := {"items": [{
	"effect": {"value": "Deny"},
	"actions": {"items": [{"value": "sts:*"}]},
	"not_actions": {"absent": true, "items": []},
	"principals": {"items": [{"kind": {"value": "AWS"}, "value": {"value": "*"}}]},
	"not_principals": {"absent": true, "items": []},
	"conditions": {"items": [condition(c[0], c[1], c[2])]},
}]}

test_turned_away if {
	every c in [["DateGreaterThan", "aws:CurrentTime", ["2020-01-01"]], ["DateLessThan", "aws:CurrentTime", [null]]] {
		trust.turned_away(denial(c), trust.assuming) with input as on
	}
	every c in [["DateLessThan", "aws:CurrentTime", ["2020-01-01"]], ["DateLessThan", "aws:TokenIssueTime", ["2020-01-01"]]] {
		not trust.turned_away(denial(c), trust.assuming) with input as on
	}
}
