resource "aws_cloudwatch_log_group" "orders" { # want "aws_cloudwatch_log_group.orders has no retention period"
  name = "/aws/lambda/orders"
}

resource "aws_cloudwatch_log_group" "returns" {
  name              = "/aws/lambda/returns"
  retention_in_days = 0 # want "aws_cloudwatch_log_group.returns has a retention period of 0 days"
}
