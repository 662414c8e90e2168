variable "class" {
  type = string
}

variable "group" {
  type = string
}

resource "aws_cloudwatch_log_group" "orders" {
  name            = "/aws/lambda/orders"
  log_group_class = var.class
}

resource "aws_cloudwatch_log_group" "returns" {
  name            = "/aws/lambda/returns"
  log_group_class = "DELIVERY"
}

resource "aws_cloudwatch_log_subscription_filter" "returns" {
  name            = "returns"
  log_group_name  = var.group
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/archive"
}
