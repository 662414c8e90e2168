resource "aws_cloudwatch_log_group" "orders" {
  name              = "/aws/lambda/orders"
  retention_in_days = 14 # want "aws_cloudwatch_log_group.orders has a retention period of 14 days, which is less than 90"
}
