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
	trust.narrowed(condition("StringLike", "aws:PrincipalArn", "arn:aws:iam::*:role/ci"), trust.not_who)
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
