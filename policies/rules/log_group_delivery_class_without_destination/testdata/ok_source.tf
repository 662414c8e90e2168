resource "aws_cloudwatch_log_group" "orders" {
  name            = "/aws/lambda/orders"
  log_group_class = "DELIVERY"
}

resource "aws_cloudwatch_log_delivery_source" "orders" {
  name         = "orders"
  log_type     = "APPLICATION_LOGS"
  resource_arn = aws_cloudwatch_log_group.orders.arn
}
