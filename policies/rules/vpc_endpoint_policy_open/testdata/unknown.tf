variable "service_name" {
  type = string
}

variable "policy" {
  type = string
}

variable "principal" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = [aws_subnet.main.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_vpc_endpoint" "named" {
  vpc_id       = aws_vpc.main.id
  service_name = var.service_name
}

resource "aws_vpc_endpoint" "lambda" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.lambda"
  vpc_endpoint_type = "Interface"
  policy            = var.policy
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.eu-west-1.s3"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = var.principal }, Action = "*", Resource = "*" }]
  })
}
