resource "aws_cloudwatch_log_group" "orders" {
  name         = "/aws/lambda/orders"
  skip_destroy = true
}

resource "aws_cloudwatch_log_group" "returns" {
  name = "/aws/lambda/returns"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "refunds" {
  name                        = "/aws/lambda/refunds"
  deletion_protection_enabled = true
}
