resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_kinesis_stream" "clicks" { # want "aws_kinesis_stream.clicks triggers aws_lambda_function.worker and is not encrypted"
  name        = "clicks"
  shard_count = 1
}

resource "aws_kinesis_stream_consumer" "worker" {
  name       = "worker"
  stream_arn = aws_kinesis_stream.clicks.arn
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = aws_kinesis_stream_consumer.worker.arn
  starting_position = "LATEST"
}
