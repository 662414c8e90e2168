# The log class DELIVERY has a fixed retention period of one day.
resource "aws_cloudwatch_log_group" "orders" {
  name            = "/aws/lambda/orders"
  log_group_class = "DELIVERY"
}
