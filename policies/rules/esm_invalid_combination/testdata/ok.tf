resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "queue" {
  function_name                      = aws_lambda_function.worker.arn
  event_source_arn                   = "arn:aws:sqs:eu-west-1:123456789012:orders"
  batch_size                         = 100
  maximum_batching_window_in_seconds = 1
}

resource "aws_lambda_event_source_mapping" "ordered" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders.fifo"
  batch_size       = 10
}

resource "aws_lambda_event_source_mapping" "stream" {
  function_name               = aws_lambda_function.worker.arn
  event_source_arn            = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position           = "AT_TIMESTAMP"
  starting_position_timestamp = "2026-11-01T00:00:00Z"
  tumbling_window_in_seconds  = 60
  batch_size                  = 1000
}

resource "aws_lambda_event_source_mapping" "table" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000"
  starting_position = "LATEST"
}

resource "aws_lambda_event_source_mapping" "shared" {
  function_name = aws_lambda_function.worker.arn
  topics        = ["orders"]
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
