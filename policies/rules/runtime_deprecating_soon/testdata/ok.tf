resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "ruby4.0"
  handler       = "app.handler"
  filename      = "orders.zip"
}
