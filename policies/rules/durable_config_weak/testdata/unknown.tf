variable "days" {
  type = number
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.14"
  handler       = "app.handler"
  filename      = "orders.zip"
  durable_config {
    execution_timeout = var.days * 86400
    retention_period  = var.days
  }
}
