resource "aws_cloudwatch_log_group" "orders" {
  name            = "/aws/lambda/orders"
  log_group_class = "DELIVERY" # want "aws_cloudwatch_log_group.orders has the class DELIVERY but delivers to nothing"
}

resource "aws_cloudwatch_log_group" "returns" {
  name            = "/aws/lambda/returns"
  log_group_class = "DELIVERY"
}

resource "aws_cloudwatch_log_subscription_filter" "returns" {
  name            = "returns"
  log_group_name  = aws_cloudwatch_log_group.returns.name
  filter_pattern  = ""
  destination_arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/archive"
}
