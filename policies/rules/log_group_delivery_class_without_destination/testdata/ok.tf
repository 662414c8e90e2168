resource "aws_cloudwatch_log_group" "returns" {
  name            = "/aws/lambda/returns"
  log_group_class = "DELIVERY"
}

resource "aws_cloudwatch_log_subscription_filter" "returns" {
  name            = "returns"
  log_group_name  = "/aws/lambda/returns"
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/archive"
}

resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders"
}
