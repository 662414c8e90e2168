variable "keep" {
  type = bool
}

resource "aws_cloudwatch_log_group" "orders" {
  name         = "/aws/lambda/orders"
  skip_destroy = var.keep
}
