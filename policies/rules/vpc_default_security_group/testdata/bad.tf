resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_vpc.main.default_security_group_id] # want "aws_lambda_function.orders uses the default security group of its VPC"
  }
}

resource "aws_default_security_group" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_default_security_group.main.id] # want "aws_lambda_function.refunds uses the default security group of its VPC"
  }
}

data "aws_security_group" "default" {
  vpc_id = aws_vpc.main.id
  name   = "default"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [data.aws_security_group.default.id] # want "aws_lambda_function.returns uses the default security group of its VPC"
  }
}

resource "aws_default_vpc" "main" {}

resource "aws_lambda_function" "exchange" {
  function_name = "exchange"
  role          = "arn:aws:iam::123456789012:role/exchange"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "exchange.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_default_vpc.main.default_security_group_id] # want "aws_lambda_function.exchange uses the default security group of its VPC"
  }
}
