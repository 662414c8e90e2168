variable "role_arn" {
  default = "arn:aws:iam::123456789012:role/shop" # want "Execution role arn:aws:iam::123456789012:role/shop is shared by aws_lambda_function.orders and aws_lambda_function.returns"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = var.role_arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/shop"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}
