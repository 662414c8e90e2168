package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/google/uuid"
)

const columns = "id, name"

var db *sql.DB

type order struct {
	ID    int    `json:"id"`
	Name  string `json:"name"`
	Sort  string `json:"sort"`
	Limit int64  `json:"limit"`
}

func handle(ctx context.Context, event events.APIGatewayProxyRequest) error {
	var in order
	if err := json.Unmarshal([]byte(event.Body), &in); err != nil {
		return err
	}
	// The values are parameters.
	if _, err := db.QueryContext(ctx, "SELECT "+columns+" FROM orders WHERE name = $1", in.Name); err != nil {
		return err
	}
	// The name of the table is not of the event.
	if _, err := db.Exec(fmt.Sprintf("DELETE FROM %s WHERE id = $1", os.Getenv("TABLE")), in.ID); err != nil {
		return err
	}
	// Numbers.
	if _, err := db.Exec(fmt.Sprintf("DELETE FROM orders WHERE id = %d LIMIT %v", in.ID, in.Limit)); err != nil {
		return err
	}
	number, err := strconv.Atoi(event.QueryStringParameters["number"])
	if err != nil {
		return err
	}
	if _, err := db.Exec(fmt.Sprintf("DELETE FROM orders WHERE number = %v", number)); err != nil {
		return err
	}
	// Checked values.
	id := event.PathParameters["id"]
	if _, err := uuid.Parse(id); err != nil {
		return err
	}
	if _, err := db.Query("SELECT * FROM orders WHERE id = '" + id + "'"); err != nil {
		return err
	}
	order := event.QueryStringParameters["order"]
	switch order {
	case "name", "id":
	default:
		return fmt.Errorf("unknown order %s", order)
	}
	if _, err := db.Query("SELECT * FROM orders ORDER BY " + order); err != nil {
		return err
	}
	// No query.
	cache.Get(ctx, "orders/"+in.Name)
	_ = event.RequestContext.HTTPMethod
	_, err = db.Query("SELECT * FROM orders WHERE account = '" + event.RequestContext.AccountID + "'")
	return err
}

type store struct{}

func (store) Get(context.Context, string) {}

var cache store

func main() { lambda.Start(handle) }
