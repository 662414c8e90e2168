package rules.recursive_trigger_test

import data.rules.recursive_trigger as rule

test_whole_bucket if {
	rule.whole("s3", {"value": "arn:aws:s3:::shop/*"})
	rule.whole("s3", {"value": "arn:aws:s3:::shop/out/*"})
	rule.whole("s3", {"unknown": true, "suffix": "/*"})
	rule.whole("s3", {"unknown": true, "prefix": "arn:aws:s3:::", "suffix": "/*"})
	rule.whole("s3", {"unknown": true, "prefix": "arn:", "suffix": ":s3:::shop/*"})
	not rule.whole("s3", {"value": "arn:aws:s3:::shop"})
	not rule.whole("s3", {"unknown": true, "prefix": "arn:aws:s3:::", "suffix": "-resized/*"})
	not rule.whole("s3", {"unknown": true, "prefix": "arn:aws:s3:::copy-of-", "suffix": "/*"})
	not rule.whole("s3", {"unknown": true})
}

test_whole_queue if {
	rule.whole("sqs", {"value": "arn:aws:sqs:eu-west-1:111122223333:orders"})
	rule.whole("sqs", {"unknown": true})
	rule.whole("sqs", {"unknown": true, "prefix": "arn:"})
	rule.whole("sqs", {"unknown": true, "prefix": "arn:aws:sqs:", "suffix": ":orders"})
	not rule.whole("sqs", {"unknown": true, "suffix": "-failed"})
	not rule.whole("sqs", {"unknown": true, "prefix": "arn:aws:sqs:eu-west-1:111122223333:dead-"})
}

test_whole_table if {
	rule.whole("dynamodb", {"value": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"})
	rule.whole("dynamodb", {"unknown": true, "prefix": "arn:", "suffix": ":table/orders"})
	not rule.whole("dynamodb", {"value": "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*"})
	not rule.whole("dynamodb", {"unknown": true, "suffix": "/index/*"})
}
