resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  kms_key_arn      = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  filter_criteria {
    filter {
      pattern = jsonencode({ body = { kind = ["order"] } })
    }
  }
}

resource "aws_lambda_event_source_mapping" "plain" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
}
