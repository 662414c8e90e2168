package lib.actions_test

import data.lib.actions

test_scopable if {
	every action in ["s3:GetObject", "S3:getobject", "s3:Get*", "dynamodb:*Item", "sqs:SendMessage", "iam:Pass?ole"] {
		actions.scopable(action)
	}
}

test_not_scopable if {
	every action in [
		"*", "", "s3:ListAllMyBuckets", "xray:PutTraceSegments", "ec2:CreateNetworkInterface", "ec2:Describe*",
		"cloudwatch:PutMetricData", "sts:GetCallerIdentity", "ssm:DescribeParameters", "kms:ListAliases",
		"ecr:GetAuthorizationToken", "textract:AnalyzeDocument", "s3:NoSuchAction", "s3:[", "logs:PutLogEvents",
	] {
		not actions.scopable(action)
	}
}

test_reads if {
	every action in ["s3:Get*", "ec2:describe*", "dynamodb:BatchGet*", "xray:PutTrace*", "cloudwatch:PutMetric*", "kms:GenerateDataKey*"] {
		actions.reads(action)
	}
	every action in ["s3:Put*", "dynamodb:*Item", "lambda:Update*", "s3:*"] {
		not actions.reads(action)
	}
}
