resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/${aws_lambda_function.orders.function_name}"
}

resource "aws_cloudwatch_log_subscription_filter" "orders" {
  name            = "orders"
  log_group_name  = aws_cloudwatch_log_group.orders.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.orders.arn # want "aws_cloudwatch_log_subscription_filter.orders sends the logs of aws_lambda_function.orders to aws_lambda_function.orders .infinite loop"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_cloudwatch_log_subscription_filter" "returns" {
  name            = "returns"
  log_group_name  = "/aws/lambda/returns"
  filter_pattern  = ""
  destination_arn = aws_lambda_function.returns.arn # want "infinite loop"
}

resource "aws_cloudwatch_log_group" "shared" {
  name = "shared"
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.shared.name
  }
}

resource "aws_cloudwatch_log_subscription_filter" "refunds" {
  name            = "refunds"
  log_group_name  = aws_cloudwatch_log_group.shared.name
  filter_pattern  = ""
  destination_arn = aws_lambda_function.refunds.arn # want "infinite loop"
}
