resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  tracing_config {
    mode = "PassThrough" # want "aws_lambda_function.orders has no active X-Ray tracing: the tracing mode is PassThrough"
  }
}

resource "aws_lambda_function" "returns" { # want "aws_lambda_function.returns has no active X-Ray tracing: the tracing mode is PassThrough"
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}
