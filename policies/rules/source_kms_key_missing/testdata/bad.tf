resource "aws_lambda_function" "orders" { # want "rders has a package that is not encrypted with a customer managed key"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}
