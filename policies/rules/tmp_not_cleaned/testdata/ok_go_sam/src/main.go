package main

import (
	"context"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	f, err := os.CreateTemp("", "a")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	return nil
}

func main() { lambda.Start(handle) }
