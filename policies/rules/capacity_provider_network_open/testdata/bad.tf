resource "aws_security_group" "open" {
  name = "open"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lambda_capacity_provider" "pool" {
  name = "pool"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = [aws_security_group.open.id] # want "aws_lambda_capacity_provider.pool has the security group aws_security_group.open, which accepts connections from any address"
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}

resource "aws_lambda_capacity_provider" "small" {
  name = "small"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"] # want "aws_lambda_capacity_provider.small is in one Availability Zone only, that of subnet-0123456789abcdef0"
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_lambda_capacity_provider" "default" {
  name = "default"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = [aws_vpc.main.default_security_group_id] # want "aws_lambda_capacity_provider.default uses the default security group of its VPC"
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}

resource "aws_lambda_capacity_provider" "none" {
  name = "none"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = [] # want "aws_lambda_capacity_provider.none has no security group, so its instances have the default one of the VPC"
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}
