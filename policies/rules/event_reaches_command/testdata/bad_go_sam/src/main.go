package main

import (
	"context"
	"os/exec"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	for _, record := range event.Records {
		if err := exec.CommandContext(ctx, "sh", "-c", "convert "+record.Body).Run(); err != nil { // # want "part of the event"
			return err
		}
	}
	return nil
}

func main() { lambda.Start(handle) }
