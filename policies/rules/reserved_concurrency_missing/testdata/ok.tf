resource "aws_lambda_function" "hook" {
  function_name                  = "hook"
  role                           = "arn:aws:iam::123456789012:role/hook"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  filename                       = "hook.zip"
  reserved_concurrent_executions = 10
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "internal" {
  function_name = "internal"
  role          = "arn:aws:iam::123456789012:role/internal"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "internal.zip"
}

resource "aws_lambda_function_url" "internal" {
  function_name      = aws_lambda_function.internal.function_name
  authorization_type = "AWS_IAM"
}

# The mapping limits the concurrency.
resource "aws_lambda_event_source_mapping" "jobs" {
  function_name    = aws_lambda_function.internal.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:jobs"
  scaling_config {
    maximum_concurrency = 5
  }
}

resource "aws_lambda_function" "nightly" {
  function_name = "nightly"
  role          = "arn:aws:iam::123456789012:role/nightly"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "nightly.zip"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.nightly.arn
}
