variable "source" {
  type = string
}

variable "position" {
  type = string
}

variable "retries" {
  type = number
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "unknown" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = var.source
  starting_position = var.position
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name          = aws_lambda_function.worker.arn
  event_source_arn       = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position      = "LATEST"
  maximum_retry_attempts = var.retries
}

resource "aws_lambda_event_source_mapping" "age" {
  function_name                 = aws_lambda_function.worker.arn
  event_source_arn              = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position             = "LATEST"
  maximum_record_age_in_seconds = var.retries
}
