resource "aws_security_group" "orders" {
  name = "orders"

  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol        = "-1"
    from_port       = 0
    to_port         = 0
    security_groups = ["sg-0123456789abcdef0"]
    cidr_blocks     = ["10.0.0.0/8"]
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

# The function has no address in IPv6.
resource "aws_security_group" "refunds" {
  name = "refunds"

  egress {
    protocol         = "-1"
    from_port        = 0
    to_port          = 0
    ipv6_cidr_blocks = ["::/0"]
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
    security_group_ids = [aws_security_group.refunds.id]
  }
}

# No function has it.
resource "aws_security_group" "web" {
  name = "web"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Terraform removes the rule that AWS adds.
resource "aws_security_group" "returns" {
  name = "returns"
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
