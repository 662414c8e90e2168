resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  logging_config {
    log_format            = "JSON"
    application_log_level = "FATAL" # want "aws_lambda_function.orders has the application log level FATAL: errors are not logged"
    system_log_level      = "WARN" # want "aws_lambda_function.orders has the system log level WARN: invocations are not logged"
  }
}
