variable "subnet_ids" {
  type = list(string)
}

variable "groups" {
  type = list(string)
}

variable "range" {
  type = string
}

resource "aws_lambda_capacity_provider" "pool" {
  name = "pool"

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = var.groups
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
    cidr_blocks = [var.range]
  }
}

resource "aws_lambda_capacity_provider" "open" {
  name = "open"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = [aws_security_group.open.id]
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}
