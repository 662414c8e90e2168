resource "aws_security_group" "orders" {
  name = "orders"
}

resource "aws_security_group_rule" "orders" {
  security_group_id = aws_security_group.orders.id
  type              = "egress"
  protocol          = "all"
  from_port         = 0
  to_port           = 0
  ipv6_cidr_blocks  = ["::/0"] # want "aws_security_group_rule.orders allows aws_lambda_function.orders to send traffic on all ports to ::/0"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.orders.id]
    ipv6_allowed_for_dual_stack = true
  }
}
