resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  filename      = "orders.zip"
  durable_config {
    execution_timeout = 31536000 # want "aws_lambda_function.orders lets a durable execution run for more than 30 days: its timeout is 31536000 seconds"
    retention_period  = 90       # want "aws_lambda_function.orders keeps the history of its durable executions for 90 days"
  }
}
