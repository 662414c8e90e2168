resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders has no memory size: Lambda gives it 128 MB"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}
