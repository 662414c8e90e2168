package model_test

import (
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
	"lintel/internal/model"
	"lintel/internal/tree"
)

// FuzzValues checks that no texts in the places of ARNs, names, patterns of events, principals and policies make linking,
// encoding or masking panic or hang.
func FuzzValues(f *testing.F) {
	f.Add("arn:aws:lambda:eu-west-1:123456789012:function:f:live", `{"source": ["aws.s3", {"prefix": "x"}], "detail": {"a": [{"exists": false}]}}`)
	f.Add("arn:aws:iam::123456789012:role/path/r", `{"Statement": {"Effect": "Allow", "Principal": {"AWS": ["*", 1]}, "Action": "lambda:*", "Resource": "f"}}`)
	f.Add("f", `{"Statement": [{"Condition": {"StringLike": {"aws:SourceArn": ["arn:*:*"]}}, "NotAction": null}, [], 1]}`)
	f.Add("arn:aws:events:*:*:rule/b/r", "[")
	f.Fuzz(func(t *testing.T, name, document string) {
		cputimetest.Limit(t, 2*time.Second)
		text, policy := known(name, 2), known(document, 3)
		var s model.Stack
		for i, r := range []struct {
			kind string
			body tree.Tree
		}{
			{"aws_lambda_function", mapping(1, "function_name", text, "role", text, "environment", mapping(1, "variables", mapping(1, name, policy)))},
			{"aws_lambda_permission", mapping(1, "function_name", text, "source_arn", text, "principal", text, "action", text, "qualifier", text)},
			{"aws_lambda_alias", mapping(1, "function_name", text, "name", text, "function_version", text)},
			{"aws_lambda_event_source_mapping", mapping(1, "function_name", text, "event_source_arn", text, "filter_criteria", mapping(1, "filter", mapping(1, "pattern", policy)))},
			{"aws_cloudwatch_event_rule", mapping(1, "name", text, "event_pattern", policy)},
			{"aws_cloudwatch_event_target", mapping(1, "rule", text, "arn", text, "role_arn", text)},
			{"aws_iam_role", mapping(1, "name", text, "assume_role_policy", policy, "managed_policy_arns", list(1, text))},
			{"aws_iam_role_policy", mapping(1, "role", text, "policy", policy)},
			{"aws_iam_role_policy_attachment", mapping(1, "role", text, "policy_arn", text)},
			{"aws_iam_policy", mapping(1, "name", text, "policy", policy)},
			{"aws_sqs_queue_policy", mapping(1, "queue_url", text, "policy", policy)},
			{"aws_sns_topic_subscription", mapping(1, "topic_arn", text, "endpoint", text, "filter_policy", policy)},
			{"aws_api_gateway_integration", mapping(1, "rest_api_id", text, "uri", text)},
			{"aws_ecr_repository_policy", mapping(1, "repository", text, "policy", policy)},
		} {
			s.Add(model.Terraform, resource(r.kind+"."+name, r.kind, i+1), r.body)
		}
		s.Link()
		input, index := model.Encode(&s, model.Facts{Today: time.Unix(0, 0)})
		model.Mask(input, index)
		model.Hidden(index)
	})
}
