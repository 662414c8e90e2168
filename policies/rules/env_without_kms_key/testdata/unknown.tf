variable "kms_key_arn" {
  type = string
}

variable "environment" {
  type = map(string)
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  kms_key_arn   = var.kms_key_arn

  environment {
    variables = {
      TABLE = "orders"
    }
  }
}

resource "aws_lambda_function" "empty" {
  function_name = "empty"
  role          = "arn:aws:iam::123456789012:role/empty"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "empty.zip"

  environment {
    variables = var.environment
  }
}
