variable "name" {
  type = string
}

variable "on" {
  type = bool
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_log_subscription_filter" "a" {
  name            = "a"
  log_group_name  = "orders"
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a"
}

resource "aws_cloudwatch_log_subscription_filter" "b" {
  name            = "b"
  log_group_name  = "orders"
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/b"
}

resource "aws_cloudwatch_log_subscription_filter" "c" {
  name            = "c"
  log_group_name  = var.name
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/c"
}

resource "aws_cloudwatch_log_subscription_filter" "d" {
  count           = var.on ? 1 : 0
  name            = "d"
  log_group_name  = "orders"
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/d"
}
