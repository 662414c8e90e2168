package main

import (
	"context"
	"crypto/tls"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	_ = &tls.Config{InsecureSkipVerify: true, VerifyConnection: verify}
	_ = &tls.Config{MinVersion: tls.VersionTLS12}
	return nil
}

func verify(tls.ConnectionState) error { return nil }

func never() { _ = &tls.Config{InsecureSkipVerify: true} }

func main() { lambda.Start(handle) }
