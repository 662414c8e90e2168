variable "mode" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_runtime_management_config" "orders" {
  function_name       = aws_lambda_function.orders.function_name
  update_runtime_on   = var.mode
  runtime_version_arn = "arn:aws:lambda:eu-west-1::runtime:abc"
}
