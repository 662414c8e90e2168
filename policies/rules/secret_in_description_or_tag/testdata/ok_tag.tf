resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  tags = {
    owner = "9f2c1e7ab04d5566f0e1d2c3b4a5968778695a4b"
  }
}
