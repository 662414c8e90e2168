package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/athena"
	"github.com/jackc/pgx/v5"
	"github.com/jmoiron/sqlx"
	"gorm.io/gorm"
)

type order struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type app struct {
	db     *sql.DB
	tables *sqlx.DB
	conn   *pgx.Conn
	orm    *gorm.DB
	athena *athena.Client
}

func (a *app) find(ctx context.Context, name string) (*sql.Rows, error) {
	return a.db.QueryContext(ctx, "SELECT * FROM orders WHERE name = '"+name+"'") // # want "SQL injection"
}

func (a *app) handle(ctx context.Context, event events.APIGatewayProxyRequest) (events.APIGatewayProxyResponse, error) {
	var out events.APIGatewayProxyResponse
	id := event.PathParameters["id"]
	query := fmt.Sprintf("SELECT id, name FROM orders WHERE id = %s", id)
	if _, err := a.db.Query(query); err != nil { // # want "SQL injection"
		return out, err
	}
	var in order
	if err := json.Unmarshal([]byte(event.Body), &in); err != nil {
		return out, err
	}
	var found []order
	err := a.tables.Select(&found, `SELECT * FROM orders WHERE name LIKE '%`+strings.ToLower(in.Name)+`%'`) // # want "SQL injection"
	if err != nil {
		return out, err
	}
	// # want+1 "SQL injection"
	a.conn.QueryRow(ctx, fmt.Sprintf(`
		UPDATE orders SET name = '%s' WHERE id = %d`, in.Name, in.ID))
	a.orm.WithContext(ctx).Raw("DELETE FROM orders WHERE name = '" + in.Name + "'").Scan(&found) // # want "SQL injection"
	if _, err := a.find(ctx, in.Name); err != nil {
		return out, err
	}
	statement := &athena.StartQueryExecutionInput{
		QueryString: aws.String("SELECT * FROM log WHERE path = '" + event.Path + "'"),
	}
	_, err = a.athena.StartQueryExecution(ctx, statement) // # want "SQL injection"
	return out, err
}

func main() {
	a := &app{}
	lambda.Start(a.handle)
}
