resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  dead_letter_config {
    target_arn = "arn:aws:sqs:eu-west-1:123456789012:orders-failed"
  }
}

resource "aws_lambda_permission" "nightly" {
  function_name = aws_lambda_function.orders.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:123456789012:rule/nightly"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_lambda_permission" "topic" {
  function_name = aws_lambda_function.returns.function_name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:eu-west-1:123456789012:returns"
}

resource "aws_lambda_function_event_invoke_config" "returns" {
  function_name = aws_lambda_function.returns.function_name

  destination_config {
    on_failure {
      destination = "arn:aws:sqs:eu-west-1:123456789012:returns-failed"
    }
  }
}
