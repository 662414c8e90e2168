resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

# SQS encrypts queues by default.
resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_sqs_queue" "own" {
  name                    = "own"
  kms_master_key_id       = "alias/queues"
  sqs_managed_sse_enabled = false
}

resource "aws_sns_topic" "failed" {
  name              = "failed"
  kms_master_key_id = "alias/aws/sns"
}

# Nothing sends failed events to the topic.
resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_lambda_function_event_invoke_config" "worker" {
  function_name = aws_lambda_function.worker.function_name
  destination_config {
    on_failure {
      destination = aws_sqs_queue.failed.arn
    }
  }
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = aws_sqs_queue.own.arn
    }
  }
}

resource "aws_lambda_event_source_mapping" "table" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = aws_sns_topic.failed.arn
    }
  }
}
