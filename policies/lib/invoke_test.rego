package lib.invoke_test

import data.lib.invoke

test_account if {
	invoke.account("111122223333") == "111122223333"
	invoke.account("arn:aws:iam::111122223333:root") == "111122223333"
	invoke.account("arn:aws-cn:iam::111122223333:role/caller") == "111122223333"
	invoke.account("arn:aws:sts::111122223333:assumed-role/caller/me") == "111122223333"
	not invoke.account("*")
	not invoke.account("events.amazonaws.com")
	not invoke.account("arn:aws:iam::*:root")
	not invoke.account("1111")
}

test_service if {
	invoke.service("arn:aws:events:eu-west-1:111122223333:rule/nightly") == "events"
	invoke.service("arn:aws:s3:::orders") == "s3"
	not invoke.service("*")
}

permission(qualifier) := {"function": {"targets": [0]}, "qualifier": qualifier}

test_same_target if {
	invoke.same_target(permission({"value": "live"}), permission({"value": "live"}))
	invoke.same_target(permission({"absent": true}), permission({"value": "$LATEST"}))
	invoke.same_target(permission({"unknown": true}), permission({"value": "live"}))
	not invoke.same_target(permission({"absent": true}), permission({"value": "live"}))
	not invoke.same_target(permission({"value": "live"}), permission({"value": "dev"}))
	not invoke.same_target(permission({"absent": true}), {"function": {"targets": [1]}, "qualifier": {"absent": true}})
}

test_needs_no_source if {
	invoke.needs_no_source("elasticloadbalancing.amazonaws.com")
	invoke.needs_no_source("edgelambda.amazonaws.com")
	not invoke.needs_no_source("s3.amazonaws.com")
}
