resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "clicks" { # want "aws_lambda_event_source_mapping.clicks retries a record that fails until it expires"
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "table" {
  function_name                 = aws_lambda_function.worker.arn
  event_source_arn              = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"
  starting_position             = "LATEST"
  maximum_retry_attempts        = -1 # want "aws_lambda_event_source_mapping.table retries a record that fails until it expires"
  maximum_record_age_in_seconds = -1
}

resource "aws_lambda_event_source_mapping" "kafka" { # want "aws_lambda_event_source_mapping.kafka retries a record that fails until it expires"
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kafka:eu-west-1:123456789012:cluster/events/a1b2"
  topics            = ["orders"]
  starting_position = "LATEST"
}
