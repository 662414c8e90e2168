resource "aws_security_group" "pool" {
  name = "pool"
}

resource "aws_lambda_capacity_provider" "pool" {
  name = "pool"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = [aws_security_group.pool.id]
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}

resource "aws_security_group" "open" {
  name = "open"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
