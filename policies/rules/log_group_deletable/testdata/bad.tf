resource "aws_cloudwatch_log_group" "orders" { # want "aws_cloudwatch_log_group.orders is deleted with the stack"
  name = "/aws/lambda/orders"
}
