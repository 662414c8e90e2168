resource "aws_kms_key" "orders" {
  description         = "Environment of the orders functions"
  enable_key_rotation = true
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  kms_key_arn   = aws_kms_key.orders.arn

  environment {
    variables = {
      TABLE = "orders"
    }
  }
}

resource "aws_lambda_function" "literal" {
  function_name = "literal"
  role          = "arn:aws:iam::123456789012:role/literal"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "literal.zip"
  kms_key_arn   = "arn:aws:kms:eu-west-1:123456789012:key/0b4e1c2d-5f60-4718-8a9b-c0d1e2f3a4b5"

  environment {
    variables = {
      TABLE = "orders"
    }
  }
}
