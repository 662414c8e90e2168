variable "key" {
  type = string
}

variable "on" {
  type = bool
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_sqs_queue" "failed" {
  name                    = "failed"
  sqs_managed_sse_enabled = var.on
}

resource "aws_sns_topic" "failed" {
  name              = "failed"
  kms_master_key_id = var.key
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
