package main

import (
	"context"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"

	"github.com/guregu/dynamo/v2"

	"example.com/orders/store"
)

func main() {
	cfg, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		panic(err)
	}
	_ = dynamo.New(cfg)
	s := store.New(cfg)
	lambda.Start(func(ctx context.Context) error { return s.Add(ctx) })
}
