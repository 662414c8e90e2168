resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "queue" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:sqs:eu-west-1:123456789012:orders"
  starting_position = "LATEST" # want "aws_lambda_event_source_mapping.queue has the starting position LATEST, but a queue has none"
}

resource "aws_lambda_event_source_mapping" "stream" { # want "aws_lambda_event_source_mapping.stream has no starting position"
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
}

resource "aws_lambda_event_source_mapping" "table" {
  function_name               = aws_lambda_function.worker.arn
  event_source_arn            = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"
  starting_position           = "AT_TIMESTAMP" # want "aws_lambda_event_source_mapping.table has the starting position AT_TIMESTAMP, which DynamoDB does not support"
  starting_position_timestamp = "2026-11-01T00:00:00Z"
}

resource "aws_lambda_event_source_mapping" "managed" { # want "aws_lambda_event_source_mapping.managed has no starting position"
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:kafka:eu-west-1:123456789012:cluster/events/a1b2"
  topics           = ["orders"]
}

resource "aws_sqs_queue" "ordered" {
  name       = "ordered.fifo"
  fifo_queue = true
}

resource "aws_lambda_event_source_mapping" "ordered" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = aws_sqs_queue.ordered.arn
  batch_size       = 100 # want "aws_lambda_event_source_mapping.ordered has a batch size of 100, which exceeds the limit of 10 for a FIFO queue"
}

resource "aws_lambda_event_source_mapping" "ordered_window" {
  function_name                      = aws_lambda_function.worker.arn
  event_source_arn                   = "arn:aws:sqs:eu-west-1:123456789012:orders.fifo"
  maximum_batching_window_in_seconds = 5 # want "aws_lambda_event_source_mapping.ordered_window has a batching window of 5 seconds, which a FIFO queue does not support"
}

resource "aws_lambda_event_source_mapping" "large" { # want "aws_lambda_event_source_mapping.large has a batch size of 100 and no batching window"
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  batch_size       = 100
}

resource "aws_lambda_event_source_mapping" "window" {
  function_name              = aws_lambda_function.worker.arn
  event_source_arn           = "arn:aws:sqs:eu-west-1:123456789012:orders"
  tumbling_window_in_seconds = 60 # want "aws_lambda_event_source_mapping.window has a tumbling window of 60 seconds, but its source is not a stream"
}

resource "aws_lambda_event_source_mapping" "shared" {
  function_name     = aws_lambda_function.worker.arn
  topics            = ["orders"]
  starting_position = "LATEST" # want "aws_lambda_event_source_mapping.shared has the starting position LATEST, which the consumption mode Queue does not support"
  self_managed_event_source {
    endpoints = { KAFKA_BOOTSTRAP_SERVERS = "b-1.example.com:9096" }
  }
  source_access_configuration {
    type = "SASL_SCRAM_512_AUTH"
    uri  = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka"
  }
  self_managed_kafka_event_source_config {
    consumption_mode = "Queue"
  }
}
