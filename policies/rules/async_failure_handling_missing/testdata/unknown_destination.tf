variable "queue_arn" {
  type = string
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
      destination = var.queue_arn
    }
  }
}
