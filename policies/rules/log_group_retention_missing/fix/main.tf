resource "aws_cloudwatch_log_group" "orders" {
  name = "/aws/lambda/orders"
}

resource "aws_cloudwatch_log_group" "returns" {
  name              = "/aws/lambda/returns"
  retention_in_days = 0
}
