package main

import (
	"context"
	"fmt"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

func handle(ctx context.Context, event events.SQSEvent) error {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(r)
		}
	}()
	return nil
}

func main() { lambda.Start(handle) }
