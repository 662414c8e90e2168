resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  logging_config {
    log_format            = "Text" # want "aws_lambda_function.orders sets a system log level and an application log level with the log format Text"
    application_log_level = "INFO"
    system_log_level      = "WARN"
  }
}
