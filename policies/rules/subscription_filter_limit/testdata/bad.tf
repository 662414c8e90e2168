resource "aws_cloudwatch_log_group" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_log_subscription_filter" "a" {
  name            = "a"
  log_group_name  = aws_cloudwatch_log_group.orders.name
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
  log_group_name  = aws_cloudwatch_log_group.orders.name # want "aws_cloudwatch_log_subscription_filter.c is one of 3 subscription filters of aws_cloudwatch_log_group.orders, but CloudWatch Logs accepts two"
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/c"
}
