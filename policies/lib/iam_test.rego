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
