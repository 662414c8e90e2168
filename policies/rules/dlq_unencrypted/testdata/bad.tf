resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_sqs_queue" "failed" {
  name                    = "failed"
  sqs_managed_sse_enabled = false # want "aws_sqs_queue.failed stores failed events of aws_lambda_event_source_mapping.clicks and aws_lambda_function_event_invoke_config.worker unencrypted"
}

resource "aws_sns_topic" "failed" { # want "aws_sns_topic.failed stores failed events of aws_lambda_function.other unencrypted"
  name = "failed"
}

resource "aws_lambda_function_event_invoke_config" "worker" {
  function_name = aws_lambda_function.worker.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_lambda_function" "other" {
  function_name = "other"
  role          = "arn:aws:iam::123456789012:role/other"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "other.zip"
  dead_letter_config {
    target_arn = aws_sns_topic.failed.arn
  }
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.failed.arn
    }
  }
}
