variable "subnet_ids" {
  type = list(string)
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  dynamic "vpc_config" {
    for_each = var.subnet_ids

    content {
      subnet_ids         = var.subnet_ids
      security_group_ids = ["sg-0123456789abcdef0"]
    }
  }
}
