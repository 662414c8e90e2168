resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "nodejs18.x" # want "aws_lambda_function.orders runs on nodejs18.x, deprecated since 2025-09-01"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.10" # want "python3.10, deprecated since 2026-10-31"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "go1.x" # want "go1.x, deprecated since 2024-01-08"
  handler       = "app.handler"
  filename      = "refunds.zip"
}
