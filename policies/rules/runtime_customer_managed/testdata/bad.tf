resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "custom" # want "rders has the customer-managed runtime custom"
  handler       = "app.handler"
  filename      = "orders.zip"
}
