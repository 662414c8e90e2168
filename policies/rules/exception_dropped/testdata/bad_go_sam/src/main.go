package main

import (
	"context"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	defer func() { // # want "drops every exception"
		recover()
	}()
	return nil
}

func main() { lambda.Start(handle) }
