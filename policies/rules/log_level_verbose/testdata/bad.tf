resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  logging_config {
    log_format            = "JSON"
    application_log_level = "TRACE" # want "aws_lambda_function.orders has the application log level TRACE"
    system_log_level      = "DEBUG" # want "aws_lambda_function.orders has the system log level DEBUG"
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  environment {
    variables = {
      LOG_LEVEL            = "debug" # want "aws_lambda_function.returns has the log level debug in LOG_LEVEL"
      POWERTOOLS_LOG_LEVEL = "DEBUG" # want "aws_lambda_function.returns has the log level DEBUG in POWERTOOLS_LOG_LEVEL"
    }
  }
}
