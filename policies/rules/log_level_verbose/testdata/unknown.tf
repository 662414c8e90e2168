variable "level" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  logging_config {
    log_format            = "JSON"
    application_log_level = var.level
    system_log_level      = var.level
  }

  environment {
    variables = {
      LOG_LEVEL = var.level
    }
  }
}
