resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders has no log group in the template: Lambda creates one without retention period"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_cloudwatch_log_group" "returns" {
  name = "/aws/lambda/returns"
}
