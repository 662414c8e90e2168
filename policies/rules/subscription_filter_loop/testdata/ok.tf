resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "forwarder" {
  function_name = "forwarder"
  role          = "arn:aws:iam::123456789012:role/forwarder"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "forwarder.zip"
}

resource "aws_cloudwatch_log_subscription_filter" "orders" {
  name            = "orders"
  log_group_name  = "/aws/lambda/orders"
  filter_pattern  = ""
  destination_arn = aws_lambda_function.forwarder.arn
}

resource "aws_cloudwatch_log_group" "other" {
  name = "other"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.other.name
  }
}

resource "aws_cloudwatch_log_subscription_filter" "returns" {
  name            = "returns"
  log_group_name  = "/aws/lambda/returns"
  filter_pattern  = ""
  destination_arn = aws_lambda_function.returns.arn
}
