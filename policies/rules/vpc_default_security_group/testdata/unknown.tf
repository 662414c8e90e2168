resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

variable "security_group_id" {
  type = string
}

variable "name" {
  type = string
}

variable "own" {
  type = list(string)
}

data "aws_security_group" "named" {
  name = var.name
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [var.security_group_id, data.aws_security_group.named.id]
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
    security_group_ids = [try(var.own[0], aws_vpc.main.default_security_group_id)]
  }
}
