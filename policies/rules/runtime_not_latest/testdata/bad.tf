resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java17" # want "rders.*java17"
  handler       = "app.handler"
  filename      = "orders.zip"
}
