package main

import (
	"context"
	"crypto/tls"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	t := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // # want "does not verify"
	t.CloseIdleConnections()
	return nil
}

func main() { lambda.Start(handle) }
