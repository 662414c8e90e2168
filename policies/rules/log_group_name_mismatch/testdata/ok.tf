resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/api/access"
}

resource "aws_cloudwatch_log_group" "edge" {
  name = "/aws/lambda/us-east-1.redirect"
}
