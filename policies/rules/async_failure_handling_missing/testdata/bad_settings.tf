# Asynchronous invocation of an alias, without a failure destination.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" { # want "aws_lambda_function.returns has no failure destination .* events from logs.eu-west-1"
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_lambda_function_event_invoke_config" "orders" { # want "aws_lambda_function_event_invoke_config.orders sets no failure destination and aws_lambda_function.orders has no dead-letter queue"
  function_name          = aws_lambda_function.orders.function_name
  maximum_retry_attempts = 0

  destination_config {
    on_success {
      destination = "arn:aws:sqs:eu-west-1:123456789012:orders-done"
    }
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.returns.function_name
  function_version = "7"
}

resource "aws_lambda_permission" "logs" {
  function_name = aws_lambda_alias.live.arn
  action        = "lambda:InvokeFunction"
  principal     = "logs.eu-west-1.amazonaws.com"
  source_arn    = "arn:aws:logs:eu-west-1:123456789012:log-group:app:*"
}
