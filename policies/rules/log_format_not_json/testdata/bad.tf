resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders logs text instead of JSON"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "java21"
  handler       = "app.handler"
  filename      = "returns.zip"

  logging_config {
    log_format = "Text" # want "aws_lambda_function.returns logs text instead of JSON"
  }
}
