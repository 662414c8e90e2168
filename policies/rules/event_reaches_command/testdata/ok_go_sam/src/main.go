package main

import (
	"context"
	"os/exec"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	for _, record := range event.Records {
		if err := exec.CommandContext(ctx, "convert", record.Body).Run(); err != nil {
			return err
		}
	}
	_ = exec.Command("sh", "-c", "ls /tmp").Run()
	return nil
}

func main() { lambda.Start(handle) }
