package store

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// Store is a table.
type Store struct{ client *dynamodb.Client }

// New returns a store.
func New(cfg aws.Config) *Store { return &Store{client: dynamodb.NewFromConfig(cfg)} }

// Add adds an order.
func (s *Store) Add(ctx context.Context) error {
	_, err := s.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String("orders")})
	return err
}
