resource "aws_security_group" "orders" {
  name = "orders"

  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    cidr_blocks      = ["0.0.0.0/0"] # want "aws_security_group.orders, a security group of aws_lambda_function.orders, allows traffic on all ports to 0.0.0.0/0"
    ipv6_cidr_blocks = ["::/0"]
  }
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
  }
}

resource "aws_security_group" "refunds" {
  name = "refunds"
}

resource "aws_vpc_security_group_egress_rule" "refunds" {
  security_group_id = aws_security_group.refunds.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0" # want "aws_vpc_security_group_egress_rule.refunds allows aws_lambda_function.refunds to send traffic on all ports to 0.0.0.0/0"
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.refunds.id]
  }
}

resource "aws_security_group" "returns" {
  name = "returns"
}

resource "aws_security_group_rule" "returns" {
  security_group_id = aws_security_group.returns.id
  type              = "egress"
  protocol          = "tcp"
  from_port         = 0
  to_port           = 65535
  cidr_blocks       = ["0.0.0.0/0"] # want "aws_security_group_rule.returns allows aws_lambda_function.returns to send traffic on all ports to 0.0.0.0/0"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.returns.id]
  }
}
