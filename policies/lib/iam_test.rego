package lib.iam_test

import data.lib.iam

test_every_action if {
	every action in ["*", "**", "*:*"] {
		iam.every_action(action)
	}
	every action in ["", "s3:*", "*:Get*", "a*"] {
		not iam.every_action(action)
	}
}

test_service_wildcard if {
	every action in ["s3:*", "s3:**", "S3:*", "execute-api:*"] {
		iam.service_wildcard(action)
	}
	every action in ["*", "*:*", "s3:Get*", "s3:", ""] {
		not iam.service_wildcard(action)
	}
}

test_service_of if {
	iam.service_of("S3:GetObject") == "s3"
	iam.service_of("*") == "*"
	iam.service_of("") == ""
}

test_matches if {
	every pattern in ["s3:GetObject", "S3:getobject", "s3:Get*", "s3:*Object", "s3:G?tObject", "s3:*", "*", "s3:GetObject*"] {
		iam.matches(pattern, "s3:getobject")
	}
	every pattern in ["s3:GetObjectAcl", "s3:Get", "s3:?", "s3:GetObject?", "", "s3", "s3:[GetObject", "s3:{get*}"] {
		not iam.matches(pattern, "s3:getobject")
	}
}

test_named if {
	list := {"s3": ["getobject", "putobject"], "ssm": ["getparameter"]}
	iam.named("s3:GetObject", list) == {"s3:getobject"}
	iam.named("s3:*object", list) == {"s3:getobject", "s3:putobject"}
	iam.named("ssm:GetParameter?", list) == set()
	iam.named("sqs:*", list) == set()
	iam.named("*", list) == set()
	iam.named("", list) == set()
}

test_reach_of_everything if {
	every resource in ["*", "**", "arn:*", "arn:aws:*", "arn:*:*:*:*:*", "arn:aws:*:eu-west-1:123456789012:*"] {
		iam.reach(resource) == "*"
	}
}

test_reach_of_a_service if {
	every resource in ["arn:aws:s3:::*", "arn:aws:s3:::*/*", "arn:aws-cn:s3:*", "arn:*:s3:*:*:*", "arn:aws:s3:*:*"] {
		iam.reach(resource) == "s3"
	}
	iam.reach("arn:aws:sqs:eu-west-1:123456789012:*") == "sqs"
	iam.reach("arn:aws:logs:*:*:*") == "logs"
	iam.reach("arn:aws:logs:*:*:*:*") == "logs"
}

test_reach_of_a_kind if {
	iam.reach("arn:aws:iam::123456789012:role/*") == "iam"
	iam.reach("arn:aws:iam::*:role/*") == "iam"
	iam.reach("arn:aws:lambda:eu-west-1:123456789012:function:*") == "lambda"
	iam.reach("arn:aws:lambda:eu-west-1:123456789012:function:*:*") == "lambda"
	iam.reach("arn:aws:dynamodb:*:*:table/*/index/*") == "dynamodb"
	iam.reach("arn:aws:logs:*:*:log-group:*:log-stream:*") == "logs"
	iam.reach("arn:aws:secretsmanager:*:*:secret:*") == "secretsmanager"
}

test_no_reach if {
	every resource in [
		"", "orders", "arn", "arn:aws:s3:::orders", "arn:aws:s3:::orders/*", "arn:aws:s3:::prod-*", "arn:aws:s3:::*-logs/*",
		"arn:aws:iam::123456789012:role/app/*", "arn:aws:iam::123456789012:role/app-*", "arn:aws:s3:::table/*",
		"arn:aws:lambda:eu-west-1:123456789012:function:orders:*", "arn:aws:dynamodb:*:*:table/orders/index/*",
		"arn:aws:sqs:eu-west-1:123456789012:orders", "arn:aws:ssm:*:*:parameter/app/*", "?", "arn:aws:iam::123456789012:role/*/admin",
	] {
		not iam.reach(resource)
	}
}

test_covers if {
	iam.covers("*", "s3:GetObject")
	iam.covers("s3", "S3:GetObject")
	iam.covers("iam", "sts:AssumeRole")
	not iam.covers("s3", "sqs:SendMessage")
}

test_reach_between if {
	iam.reach_between("arn:aws:iam::", ":role/*") == "iam"
	iam.reach_between("arn:", ":role/*") == "iam"
	iam.reach_between("arn:", ":iam::123456789012:role/*") == "iam"
	iam.reach_between("arn:", ":s3:::*") == "s3"
	iam.reach_between("arn:", ":s3:::*/*") == "s3"
	iam.reach_between("arn:aws:lambda:", ":function:**") == "lambda"
	iam.reach_between("arn:aws:lambda:eu-west-1:", ":function:*") == "lambda"
	iam.reach_between("arn:aws:sqs:eu-west-1:", ":*") == "sqs"
}

test_no_reach_between if {
	every ends in [
		["arn:aws:s3:::", "/*"],
		["arn:aws:s3:::", "*"],
		["arn:", "/*"],
		["arn:aws:lambda:", ":*"], # the name of a function may be in between
		["arn:aws:dynamodb:", "/index/*"],
		["arn:aws:logs:", ":log-stream:*"],
		["arn:aws:s3:::", ":role/*"],
		["arn:aws:iam::123456789012:role/", "*"],
		["", ""],
	] {
		not iam.reach_between(ends[0], ends[1])
	}
}

test_idle if {
	iam.idle("Bool", "aws:SecureTransport", ["true"])
	iam.idle("StringEquals", "aws:PrincipalOrgID", ["o-a1b2c3d4e5"])
	iam.idle("StringLike", "iam:PassedToService", ["*"])
	iam.idle("ArnLikeIfExists", "aws:SourceArn", ["arn:aws:s3:::orders", "*"])
}

test_idle_operators if {
	every c in [
		["StringEqualsIfExists", "aws:SourceAccount", "123456789012"],
		["ForAllValues:StringEquals", "aws:TagKeys", "team"],
		["StringLike", "iam:PassedToService", "*.amazonaws.com"],
		["ArnLike", "iam:PolicyARN", "arn:aws:iam::*:policy/*"],
		["IpAddress", "aws:SourceIp", "0.0.0.0/0"],
		["NotIpAddress", "aws:SourceIp", "203.0.113.0/24"],
		["StringNotEquals", "aws:SourceVpce", "vpce-0a1b2c3d"],
		["Null", "aws:TokenIssueTime", "false"],
		["Null", "aws:RequestTag/team", "true"],
		["Bool", "aws:ViaAWSService", "false"],
		["DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z"],
		["StringEquals", "aws:ResourceAccount", "123456789012"],
		["StringLike", "aws:UserAgent", "x"],
	] {
		iam.idle(c[0], c[1], [c[2]])
	}
	iam.idle("IpAddress", "aws:SourceIp", ["0.0.0.0/1", "128.0.0.0/1"])
}

test_not_idle_operators if {
	every c in [
		["Bool", "aws:ViaAWSService", "true"],
		["Bool", "aws:PrincipalIsAWSService", "true"],
		["IpAddress", "aws:SourceIp", "10.0.0.0/8"],
		["IpAddress", "aws:SourceIp", "0.0.0.0/1"],
		["Null", "aws:RequestTag/team", "false"],
		["Null", "aws:ResourceTag/team", "false"],
		["StringNotEquals", "aws:ResourceTag/team", "orders"],
		["DateLessThan", "aws:CurrentTime", "2030-01-01T00:00:00Z"],
		["ForAllValues:StringEquals", "dynamodb:LeadingKeys", "orders"],
		["StringLike", "s3:prefix", "orders/*"],
		["ArnLike", "lambda:SourceFunctionArn", "arn:aws:lambda:*:*:function:*"],
	] {
		not iam.idle(c[0], c[1], [c[2]])
	}
}

test_not_idle if {
	every key in ["aws:SourceArn", "aws:SourceAccount", "aws:MultiFactorAuthPresent", "iam:PassedToService", "kms:ViaService"] {
		not iam.idle("StringEquals", key, ["x"])
	}
	not iam.idle("StringEquals", "iam:PassedToService", ["*"]) # a star is a star to StringEquals
	not iam.idle("StringNotLike", "iam:PassedToService", ["*"])
	not iam.idle("StringLike", "iam:PassedToService", ["lambda*"])
	not iam.idle("StringLike", "iam:PassedToService", [])
}

test_service if {
	every principal in ["s3.amazonaws.com", "logs.eu-west-1.amazonaws.com", "s3.amazonaws.com.cn", ".amazonaws.com"] {
		iam.service(principal)
	}
	every principal in ["", "*", "123456789012", "alexa-appkit.amazon.com", "amazonaws.com.example.org"] {
		not iam.service(principal)
	}
}

test_anyone if {
	every principal in ["*", "arn:aws:iam::*:root"] {
		iam.anyone(principal)
	}
	every principal in ["", "123456789012", "arn:aws:iam::123456789012:role/*", "s3.amazonaws.com"] {
		not iam.anyone(principal)
	}
}

test_aws_managed if {
	iam.aws_managed("arn:aws:iam::aws:policy/AdministratorAccess") == "AdministratorAccess"
	iam.aws_managed("arn:aws-cn:iam::aws:policy/AdministratorAccess") == "AdministratorAccess"
	iam.aws_managed("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole") == "AWSLambdaBasicExecutionRole"
	iam.aws_managed(":iam::aws:policy/AdministratorAccess") == "AdministratorAccess"
	not iam.aws_managed("arn:aws:iam::123456789012:policy/AdministratorAccess")
}
