variable "public" {
  type = bool
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function_url" "orders" {
  count              = var.public ? 1 : 0
  function_name      = aws_lambda_function.orders.function_name
  authorization_type = "NONE" # want "is public: AuthType is NONE"
}
