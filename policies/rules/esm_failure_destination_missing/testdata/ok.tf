resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position = "LATEST"
  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:123456789012:failed"
    }
  }
}

# Lambda has no failure destination for queues: they have a redrive policy.
resource "aws_lambda_event_source_mapping" "queue" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
}

resource "aws_lambda_event_source_mapping" "broker" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:mq:eu-west-1:123456789012:broker:jobs:b-1"
  queues           = ["jobs"]
  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:mq"
  }
}

resource "aws_lambda_event_source_mapping" "off" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position = "LATEST"
  enabled           = false
}
