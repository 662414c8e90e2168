resource "aws_lambda_capacity_provider" "pool" {
  name        = "pool"
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/0b4e1c2d-5f60-4718-8a9b-c0d1e2f3a4b5"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}
