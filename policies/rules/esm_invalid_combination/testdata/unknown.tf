variable "source" {
  type = string
}

variable "position" {
  type = string
}

variable "size" {
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
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = var.source
  batch_size       = 100
}

resource "aws_lambda_event_source_mapping" "queue" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:sqs:eu-west-1:123456789012:orders"
  starting_position = var.position
  batch_size        = var.size
}

resource "aws_lambda_event_source_mapping" "large" {
  function_name                      = aws_lambda_function.worker.arn
  event_source_arn                   = "arn:aws:sqs:eu-west-1:123456789012:orders"
  batch_size                         = 100
  maximum_batching_window_in_seconds = var.size
}

resource "aws_lambda_event_source_mapping" "stream" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position = var.position
}
