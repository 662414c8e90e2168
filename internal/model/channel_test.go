package model_test

import (
	"slices"
	"testing"

	"lintel/internal/model"
	"lintel/internal/tree"
)

// TestChannelsByName checks that an ARN links to the channel of its service when several have its name.
func TestChannelsByName(t *testing.T) {
	s := &model.Stack{}
	for i, kind := range []string{"aws_sqs_queue", "aws_sns_topic", "aws_kinesis_stream", "aws_dynamodb_table"} {
		s.Add(model.Terraform, resource(kind+".orders", kind, i), mapping(i, "name", known("orders", i)))
	}
	s.Add(model.Terraform, resource("aws_s3_bucket.orders", "aws_s3_bucket", 4), mapping(4, "bucket", known("orders", 4)))
	s.Add(model.Terraform, resource("aws_msk_cluster.orders", "aws_msk_cluster", 5), mapping(5, "cluster_name", known("orders", 5)))
	tests := []struct {
		arn  tree.Tree
		want []int
	}{
		{known("arn:aws:sqs:eu-west-1:111122223333:orders", 9), []int{0}},
		{known("arn:aws:sns:eu-west-1:111122223333:orders", 9), []int{1}},
		{known("arn:aws:kinesis:eu-west-1:111122223333:stream/orders", 9), []int{2}},
		{known("arn:aws:kinesis:eu-west-1:111122223333:stream/orders/consumer/c:1", 9), []int{2}},
		{known("arn:aws:dynamodb:eu-west-1:111122223333:table/orders/stream/2026-01-01T00:00:00.000", 9), []int{3}},
		{known("arn:aws:s3:::orders/in/*", 9), []int{4}},
		{known("arn:aws:kafka:eu-west-1:111122223333:cluster/orders/a1b2", 9), []int{5}},
		{known("arn:aws:mq:eu-west-1:111122223333:broker:orders:b-1", 9), nil},
		{known("*", 9), nil},
		{partly("arn:aws:sqs:", ":orders"), []int{0}},
		{partly("arn:", ":s3:::orders/in/*"), []int{4}},
		{unknown(9, "aws_kinesis_stream.orders"), []int{2}},
		{unknown(9), nil},
	}
	for _, tt := range tests {
		s.Add(model.Terraform, resource("m", "aws_lambda_event_source_mapping", 9), mapping(9, "event_source_arn", tt.arn))
	}
	s.Link()
	for i, tt := range tests {
		if got := s.EventSources[i].Source.Targets(); !slices.Equal(got, tt.want) {
			t.Errorf("%v %s…%s links to %v, want %v", tt.arn.Scalar, tt.arn.Prefix, tt.arn.Suffix, got, tt.want)
		}
	}
}

// TestQueueRedrives checks that redrive policies in resources of their own reach their queue, or every queue if theirs is
// unknown.
func TestQueueRedrives(t *testing.T) {
	policy := mapping(7, "deadLetterTargetArn", known("arn:aws:sqs:eu-west-1:111122223333:failed", 7), "maxReceiveCount", known(5, 7))
	for _, tt := range []struct {
		name  string
		queue tree.Tree
		want  [2]tree.State
	}{
		{"by reference", unknown(8, "aws_sqs_queue.a"), [2]tree.State{tree.StateKnown, tree.StateAbsent}},
		{"unknown", unknown(8), [2]tree.State{tree.StateUnknown, tree.StateUnknown}},
		{"of another stack", unknown(8, "data.aws_sqs_queue.c"), [2]tree.State{tree.StateAbsent, tree.StateAbsent}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &model.Stack{}
			s.Add(model.Terraform, resource("aws_sqs_queue.a", "aws_sqs_queue", 1), mapping(1))
			s.Add(model.Terraform, resource("aws_sqs_queue.b", "aws_sqs_queue", 2), mapping(2))
			s.Add(model.Terraform, resource("aws_sns_topic.t", "aws_sns_topic", 3), mapping(3))
			s.Add(model.Terraform, resource("r", "aws_sqs_queue_redrive_policy", 7), mapping(7, "queue_url", tt.queue, "redrive_policy", policy))
			s.Link()
			if got := [2]tree.State{s.Channels[0].Redrive.State, s.Channels[1].Redrive.State}; got != tt.want {
				t.Errorf("the states are %v, want %v", got, tt.want)
			}
			if s.Channels[2].Redrive.State != tree.StateAbsent {
				t.Error("the topic has a redrive policy")
			}
		})
	}
}

// TestEmptyRedrive checks that the empty text, which plans have for no policy, is none.
func TestEmptyRedrive(t *testing.T) {
	s := &model.Stack{}
	s.Add(model.Terraform, resource("q", "aws_sqs_queue", 1), mapping(1, "redrive_policy", known("", 2), "redrive_allow_policy", known("", 3)))
	if q := s.Channels[0]; q.Redrive.State != tree.StateAbsent || q.RedriveAllow.State != tree.StateAbsent {
		t.Errorf("%+v", q)
	}
}

// TestTargetsOfAlarm checks that all lists of actions count, and that only functions of the stack are targets.
func TestTargetsOfAlarm(t *testing.T) {
	s := &model.Stack{}
	s.Add(model.CloudFormation, resource("F", "AWS::Lambda::Function", 1), mapping(1))
	s.Add(model.CloudFormation, resource("A", "AWS::CloudWatch::Alarm", 2), mapping(2,
		"AlarmActions", list(3, known("arn:aws:sns:eu-west-1:111122223333:people", 3), unknown(4, "F")),
		"OKActions", list(5, unknown(6, "F")), "ActionsEnabled", known(false, 7)))
	s.Link()
	if len(s.Triggers) != 1 || len(s.Triggers[0].Targets.Items) != 2 {
		t.Fatalf("%+v", s.Triggers)
	}
	if async, ok := s.Triggers[0].Async.Get(); !async || !ok {
		t.Error("the alarm waits")
	}
	if enabled, ok := s.Triggers[0].Enabled.Get(); enabled || !ok {
		t.Error("the alarm is enabled")
	}
}
