package main

import (
	"context"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func handle(ctx context.Context, event events.S3Event) error {
	cfg, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return err
	}
	client := s3.NewFromConfig(cfg)
	for _, record := range event.Records {
		bucket := record.S3.Bucket.Name
		_, err := client.PutObject(ctx, &s3.PutObjectInput{ // # want "calls PutObject on the bucket of the event"
			Bucket: aws.String(bucket),
			Key:    aws.String("totals/" + record.S3.Object.Key),
			Body:   strings.NewReader("1"),
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func main() { lambda.Start(handle) }
