variable "name" {
  type = string
}

variable "env" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "${var.env}-orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/prod-orders"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_cloudwatch_log_group" "returns" {
  name = "/aws/lambda/${var.name}"
}
