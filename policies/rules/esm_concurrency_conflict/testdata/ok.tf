resource "aws_lambda_function" "worker" {
  function_name                  = "worker"
  role                           = "arn:aws:iam::123456789012:role/worker"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  filename                       = "worker.zip"
  reserved_concurrent_executions = 10
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  scaling_config {
    maximum_concurrency = 10
  }
}

resource "aws_lambda_function" "unreserved" {
  function_name                  = "unreserved"
  role                           = "arn:aws:iam::123456789012:role/worker"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  filename                       = "worker.zip"
  reserved_concurrent_executions = -1
}

resource "aws_lambda_event_source_mapping" "more" {
  function_name    = aws_lambda_function.unreserved.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  scaling_config {
    maximum_concurrency = 10
  }
}
