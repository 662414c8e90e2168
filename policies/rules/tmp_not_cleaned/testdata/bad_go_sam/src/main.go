package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	if err := os.WriteFile(filepath.Join("/tmp", "a"), nil, 0o600); err != nil { // # want "never removes"
		return err
	}
	return nil
}

func main() { lambda.Start(handle) }
