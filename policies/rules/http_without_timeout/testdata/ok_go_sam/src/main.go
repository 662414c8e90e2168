package main

import (
	"context"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	client := http.Client{Timeout: time.Second}
	if _, err := client.Get("https://example.com"); err != nil {
		return err
	}
	return nil
}

func main() { lambda.Start(handle) }
