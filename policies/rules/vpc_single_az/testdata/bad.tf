resource "aws_subnet" "main" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "other" {
  vpc_id            = "vpc-0123456789abcdef0"
  cidr_block        = "10.0.2.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = [aws_subnet.main.id] # want "aws_lambda_function.orders is in one Availability Zone only, that of aws_subnet.main"
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
    subnet_ids         = ["subnet-0123456789abcdef0"] # want "aws_lambda_function.refunds is in one Availability Zone only, that of subnet-0123456789abcdef0"
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
    subnet_ids         = [aws_subnet.main.id, aws_subnet.other.id] # want "aws_lambda_function.returns is in one Availability Zone only: aws_subnet.main and aws_subnet.other are in eu-west-1a"
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
