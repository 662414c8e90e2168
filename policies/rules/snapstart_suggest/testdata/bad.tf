resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders starts without a snapshot: SnapStart is off"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "orders.jar"
}
