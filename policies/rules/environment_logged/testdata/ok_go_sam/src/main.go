package main

import (
	"context"
	"log"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	log.Println(os.Getenv("TABLE"), len(os.Environ()))
	return nil
}

func main() { lambda.Start(handle) }
