resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "nodejs18.x" # want "aws_lambda_function.orders uses the deprecated runtime nodejs18.x \\(end of support: 2025-09-01"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.10" # want "python3.10 \\(end of support: 2026-10-31"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "provided.al2" # want "provided.al2 \\(end of support: 2026-07-31"
  handler       = "app.handler"
  filename      = "refunds.zip"
}
