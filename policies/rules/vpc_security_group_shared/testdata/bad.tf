resource "aws_security_group" "shop" { # want "aws_security_group.shop is a security group of aws_lambda_function.orders and aws_lambda_function.refunds"
  name = "shop"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.shop.id]
  }
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.shop.id]
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"] # want "The security group sg-0123456789abcdef0 is used by aws_lambda_function.exchange and aws_lambda_function.returns"
  }
}

resource "aws_lambda_function" "exchange" {
  function_name = "exchange"
  role          = "arn:aws:iam::123456789012:role/exchange"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "exchange.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

variable "vpn_group" {
  type = string
}

resource "aws_lambda_function" "audit" {
  function_name = "audit"
  role          = "arn:aws:iam::123456789012:role/audit"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "audit.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [var.vpn_group] # want "The security group ..var.vpn_group. is used by aws_lambda_function.archive and aws_lambda_function.audit"
  }
}

resource "aws_lambda_function" "archive" {
  function_name = "archive"
  role          = "arn:aws:iam::123456789012:role/archive"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "archive.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [var.vpn_group]
  }
}
