package main

import (
	"context"
	"log"
	"os"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	log.Println(os.Environ()) // # want "whole environment"
	return nil
}

func main() { lambda.Start(handle) }
