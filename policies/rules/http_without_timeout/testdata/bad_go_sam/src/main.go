package main

import (
	"context"
	"net/http"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	if _, err := http.Get("https://example.com"); err != nil { // # want "without a timeout"
		return err
	}
	return nil
}

func main() { lambda.Start(handle) }
