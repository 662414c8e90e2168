resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "retries" {
  function_name          = aws_lambda_function.worker.arn
  event_source_arn       = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position      = "LATEST"
  maximum_retry_attempts = 3
}

resource "aws_lambda_event_source_mapping" "age" {
  function_name                 = aws_lambda_function.worker.arn
  event_source_arn              = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position             = "LATEST"
  maximum_record_age_in_seconds = 3600
}

resource "aws_lambda_event_source_mapping" "bisect" {
  function_name                  = aws_lambda_function.worker.arn
  event_source_arn               = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position              = "LATEST"
  bisect_batch_on_function_error = true
}

resource "aws_lambda_event_source_mapping" "queue" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
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
