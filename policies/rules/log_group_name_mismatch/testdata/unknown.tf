variable "name" {
  type = string
}

variable "env" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = var.name
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders"
}
