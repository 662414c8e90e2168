# The class DELIVERY keeps logs for a day.
resource "aws_cloudwatch_log_group" "orders" {
  name            = "/aws/lambda/orders"
  log_group_class = "DELIVERY"
}
