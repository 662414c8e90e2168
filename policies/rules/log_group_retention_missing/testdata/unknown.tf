variable "days" {
  type = number
}

variable "class" {
  type = string
}

resource "aws_cloudwatch_log_group" "orders" {
  name              = "/aws/lambda/orders"
  retention_in_days = var.days
}

resource "aws_cloudwatch_log_group" "returns" {
  name            = "/aws/lambda/returns"
  log_group_class = var.class
}
