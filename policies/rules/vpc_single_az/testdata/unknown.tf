variable "subnet_ids" {
  type = list(string)
}

variable "zones" {
  type = number
}

variable "subnet_id" {
  type = string
}

data "aws_availability_zones" "available" {}

resource "aws_subnet" "each" {
  count = 2

  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = data.aws_availability_zones.available.names[count.index]
}

resource "aws_subnet" "any" {
  count = var.zones

  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.${count.index}.0/24"
}

resource "aws_subnet" "main" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = concat([aws_subnet.main.id], var.subnet_ids)
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  vpc_config {
    subnet_ids         = aws_subnet.each[*].id
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_lambda_function" "exchange" {
  function_name = "exchange"
  role          = "arn:aws:iam::123456789012:role/exchange"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "exchange.zip"

  vpc_config {
    subnet_ids         = aws_subnet.any[*].id
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_lambda_function" "receipts" {
  function_name = "receipts"
  role          = "arn:aws:iam::123456789012:role/receipts"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "receipts.zip"

  vpc_config {
    subnet_ids         = [aws_subnet.main.id, var.subnet_id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
