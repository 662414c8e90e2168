variable "rules" {
  type = list(string)
}

variable "group" {
  type = string
}

variable "kind" {
  type = string
}

resource "aws_security_group" "orders" {
  name = "orders"

  dynamic "ingress" {
    for_each = var.rules

    content {
      protocol    = "tcp"
      from_port   = 443
      to_port     = 443
      cidr_blocks = [ingress.value]
    }
  }
}

resource "aws_security_group_rule" "orders" {
  security_group_id = aws_security_group.orders.id
  type              = var.kind
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/16"]
}

resource "aws_security_group_rule" "other" {
  security_group_id = var.group
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_blocks       = ["10.0.0.0/16"]
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

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [var.group]
  }
}
