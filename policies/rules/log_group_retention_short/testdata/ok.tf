resource "aws_cloudwatch_log_group" "orders" {
  name              = "/aws/lambda/orders"
  retention_in_days = 90
}

resource "aws_cloudwatch_log_group" "returns" {
  name              = "/aws/lambda/returns"
  retention_in_days = 0
}

resource "aws_cloudwatch_log_group" "refunds" {
  name = "/aws/lambda/refunds"
}

resource "aws_cloudwatch_log_group" "delivery" {
  name              = "/aws/lambda/delivery"
  log_group_class   = "DELIVERY"
  retention_in_days = 1
}
