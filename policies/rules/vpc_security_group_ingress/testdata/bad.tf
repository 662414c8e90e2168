resource "aws_security_group" "orders" {
  name = "orders"

  ingress { # want "aws_security_group.orders has ingress rules, but only aws_lambda_function.orders uses it"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
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

resource "aws_vpc_security_group_ingress_rule" "refunds" { # want "aws_vpc_security_group_ingress_rule.refunds allows traffic to aws_lambda_function.refunds"
  security_group_id = aws_security_group.refunds.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/16"
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

resource "aws_security_group_rule" "returns" { # want "aws_security_group_rule.returns allows traffic to aws_lambda_function.returns"
  security_group_id = aws_security_group.returns.id
  type              = "ingress"
  protocol          = "-1"
  from_port         = 0
  to_port           = 0
  self              = true
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
