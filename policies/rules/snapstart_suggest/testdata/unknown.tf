variable "runtime" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = var.runtime
  handler       = "app.Handler"
  filename      = "orders.jar"
}
