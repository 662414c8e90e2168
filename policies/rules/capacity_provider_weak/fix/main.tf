resource "aws_lambda_capacity_provider" "pool" {
  name = "pool"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}

resource "aws_kms_key" "own" {
  enable_key_rotation = true
}
