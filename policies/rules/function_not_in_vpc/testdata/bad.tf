resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders is not in a VPC"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}
