# A runtime that lintel has never heard of is new, not old.

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.99"
  handler       = "app.handler"
  filename      = "orders.zip"
}
