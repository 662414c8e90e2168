variable "runtime" {
  default = "ruby3.2" # want "uses the deprecated runtime ruby3.2 \\(end of support: 2026-03-31"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = var.runtime
  handler       = "app.handler"
  filename      = "orders.zip"
}
