resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/all" # want "shares arn:aws:iam::123456789012:role/all"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "payments" {
  function_name = "payments"
  role          = "arn:aws:iam::123456789012:role/all" # want "with aws_lambda_function.orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "payments.zip"
}
