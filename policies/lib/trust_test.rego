package lib.trust_test

import data.lib.trust

test_services if {
	trust.lambda("lambda.amazonaws.com")
	trust.lambda("lambda.")
	not trust.lambda("edgelambda.amazonaws.com")
	trust.edge("edgelambda.amazonaws.com")
	not trust.edge("lambda.amazonaws.com")
}

test_anyone if {
	trust.anyone("AWS", "*")
	trust.anyone("*", "*")
	not trust.anyone("AWS", "123456789012")
	not trust.anyone("Federated", "*")
}

test_account if {
	trust.account("123456789012")
	trust.account("arn:aws-cn:iam::123456789012:root")
	not trust.account("arn:aws:iam::123456789012:role/root")
	not trust.account("1234")
	trust.account_ends("arn:aws:iam::", ":root")
	not trust.account_ends("arn:aws:iam::", ":role/ci")
}

test_actions if {
	every action in ["sts:AssumeRole", "sts:assumerole*", "sts:AssumeRoleWithWebIdentity", "sts:*", "*"] {
		trust.assumes(action)
	}
	every action in ["", "sts:TagSession", "s3:*"] {
		not trust.assumes(action)
	}
	every action in ["*", "*:*", "STS:*"] {
		trust.every_assume(action)
	}
	every action in ["sts:AssumeRole", "sts:AssumeRole*", "sts:Tag*"] {
		not trust.every_assume(action)
	}
}

condition(operator, key, value) := {"items": [{
	"operator": {"value": operator},
	"key": {"value": key},
	"values": {"items": [{"value": value}]},
}]}

test_narrowed if {
	trust.narrowed({"unknown": true, "items": []}, trust.not_who)
	trust.narrowed(condition("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"), trust.not_who)
	trust.narrowed(condition("StringLike", "aws:PrincipalArn", "arn:aws:iam::123456789012:role/*"), trust.not_who)
	trust.narrowed(condition("Bool", "aws:MultiFactorAuthPresent", "true"), trust.whole_account)
}

test_not_narrowed if {
	not trust.narrowed({"items": []}, trust.not_who)
	not trust.narrowed(condition("Bool", "aws:SecureTransport", "true"), trust.not_who)
	not trust.narrowed(condition("Bool", "aws:MultiFactorAuthPresent", "true"), trust.not_who)
	not trust.narrowed(condition("StringNotEquals", "aws:PrincipalAccount", "123456789012"), trust.not_who)
	not trust.narrowed(condition("StringLike", "sts:ExternalId", "*"), trust.not_who)
	not trust.narrowed(condition("StringEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5"), trust.whole_account)
}

test_conditions_that_limit_nobody if {
	every c in [
		["StringEqualsIfExists", "aws:PrincipalOrgID", "o-a1b2c3d4e5"],
		["ForAllValues:StringEquals", "aws:SourceVpce", "vpce-0a1b2c3d"],
		["StringEqualsIfExists", "sts:ExternalId", "x"],
		["ArnLike", "aws:PrincipalArn", "arn:aws:iam::*:role/ci"],
		["ArnLike", "aws:SourceArn", "arn:aws:s3:::*"],
		["ArnEquals", "aws:SourceArn", "arn:aws:sns:*:*:orders"],
		["ArnLike", "aws:SourceArn", "arn:*:*:*:*:*"],
		["StringLike", "aws:SourceAccount", "????????????"],
		["StringLike", "aws:PrincipalOrgID", "o-*"],
		["ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "o-*/r-*/*"],
		["StringLike", "aws:userid", "AROA*:*"],
		["StringLike", "aws:SourceVpce", "vpce-*"],
		["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
		["IpAddress", "aws:SourceIp", "::/0"],
		["NotIpAddress", "aws:SourceIp", "203.0.113.0/24"],
		["IpAddressIfExists", "aws:SourceIp", "203.0.113.0/24"],
		["IpAddress", "aws:VpcSourceIp", "10.0.0.0/8"],
		["Null", "aws:PrincipalOrgID", "false"],
		["Bool", "aws:PrincipalIsAWSService", "false"],
		["StringEquals", "aws:PrincipalTag/team", "orders"],
		["NumericLessThan", "aws:MultiFactorAuthAge", "3600"],
		["StringEquals", "aws:UserAgent", "x"],
	] {
		not trust.narrowed(condition(c[0], c[1], c[2]), trust.not_who)
	}
	not trust.narrowed(condition("ArnLike", "aws:PrincipalArn", "arn:aws:iam::123456789012:*"), trust.whole_account)
}

test_conditions_that_limit_somebody if {
	every c in [
		["StringEquals", "sts:ExternalId", "*"], # StringEquals compares literally
		["ForAllValues:StringEquals", "aws:PrincipalArn", "arn:aws:iam::123456789012:role/ci"],
		["StringEqualsIfExists", "token.actions.githubusercontent.com:sub", "repo:acme/orders:ref:refs/heads/main"],
		["ArnLike", "aws:SourceArn", "arn:aws:s3:*:*:orders"], # the ARN of a bucket has no account
		["ArnLike", "aws:SourceArn", "arn:aws:execute-api:*:*:a1b2c3d4e5/*"], # AWS generates the identifier
		["ArnLike", "aws:SourceArn", "arn:aws:sns:*:123456789012:*"],
		["StringLike", "aws:PrincipalOrgPaths", "o-a1b2c3d4e5/*"],
		["IpAddress", "aws:SourceIp", "203.0.113.0/24"],
		["Bool", "aws:PrincipalIsAWSService", "true"],
		["StringEquals", "lambda:EventSourceToken", "x"],
	] {
		trust.narrowed(condition(c[0], c[1], c[2]), trust.not_who)
	}
	trust.narrowed(condition("StringEquals", "aws:PrincipalTag/team", "orders"), trust.whole_account)
}

denial(principal, conditions) := {"items": [{
	"effect": {"value": "Deny"},
	"actions": {"items": [{"value": "sts:*"}]},
	"not_actions": {"absent": true, "items": []},
	"principals": {"items": [{"kind": {"value": "AWS"}, "value": principal}]},
	"not_principals": {"absent": true, "items": []},
	"conditions": conditions,
}]}

test_turned_away if {
	trust.turned_away(denial({"value": "*"}, {"items": []}), trust.assuming)
	trust.turned_away(denial({"value": "*"}, condition("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")), trust.assuming)
	trust.turned_away(denial({"value": "*"}, condition("Null", "aws:PrincipalOrgID", "true")), trust.assuming)
	trust.turned_away(denial({"unknown": true}, {"items": []}), trust.assuming)
}

test_not_turned_away if {
	not trust.turned_away({"items": []}, trust.assuming)
	not trust.turned_away(denial({"value": "arn:aws:iam::123456789012:role/former"}, {"items": []}), trust.assuming)
	not trust.turned_away(denial({"unknown": true, "prefix": "arn:"}, {"items": []}), trust.assuming)
	not trust.turned_away(denial({"value": "*"}, {"items": []}), {"lambda:invokefunction"})
	not trust.turned_away(denial({"value": "*"}, condition("Bool", "aws:SecureTransport", "false")), trust.assuming)
	not trust.turned_away(denial({"value": "*"}, condition("StringEquals", "aws:PrincipalAccount", "123456789012")), trust.assuming)
	not trust.turned_away(denial({"value": "*"}, condition("StringNotEquals", "aws:RequestedRegion", "eu-west-1")), trust.assuming)
}

test_hands_out if {
	trust.hands_out({"effect": {"value": "Allow"}, "actions": {"items": [{"value": "sts:AssumeRole"}]}, "not_actions": {"items": []}, "conditions": {"items": []}})
	trust.hands_out({"effect": {"value": "Allow"}, "actions": {"items": []}, "not_actions": {"items": [{"value": "s3:*"}]}, "conditions": {"items": []}})
	not trust.hands_out({"effect": {"value": "Allow"}, "actions": {"items": []}, "not_actions": {"items": [{"value": "sts:*"}]}})
	not trust.hands_out({"effect": {"value": "Allow"}, "actions": {"items": []}, "not_actions": {"items": [{"unknown": true}]}})
	not trust.hands_out({"effect": {"value": "Deny"}, "actions": {"items": [{"value": "*"}]}, "not_actions": {"items": []}, "conditions": {"items": []}})
}

test_provider if {
	trust.provider("arn:aws:iam::123456789012:oidc-provider/gitlab.com") == "gitlab.com"
	trust.provider(":oidc-provider/app.terraform.io") == "app.terraform.io"
	not trust.provider("arn:aws:iam::123456789012:saml-provider/okta")
	trust.issuer("token.actions.githubusercontent.com:sub") == "token.actions.githubusercontent.com"
	not trust.issuer("aws:PrincipalArn")
	trust.claim("gitlab.com:sub") == "sub"
}

test_any_repository if {
	every subject in ["*", "repo:*", "repo:*/*", "repo:acme/*", "repo:acme*", "repo:acme/*:ref:refs/heads/main", "*:environment:prod"] {
		trust.any_repository("token.actions.githubusercontent.com", subject)
	}
	every subject in ["repo:acme/orders:*", "repo:acme/orders:ref:refs/heads/main", "repo:acme/orders:ref:refs/heads/*"] {
		not trust.any_repository("token.actions.githubusercontent.com", subject)
	}
	trust.any_repository("gitlab.com", "project_path:acme/*:ref_type:branch:ref:main")
	not trust.any_repository("gitlab.com", "project_path:acme/orders:*")
	not trust.any_repository("gitlab.example.org", "project_path:*")
}
