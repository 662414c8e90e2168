resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "orders" { # want "aws_lambda_event_source_mapping.orders retries a whole batch if one record fails"
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
}

resource "aws_lambda_event_source_mapping" "clicks" { # want "aws_lambda_event_source_mapping.clicks retries a whole batch if one record fails"
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  starting_position = "LATEST"
  batch_size        = 100
}
