resource "aws_ssm_parameter" "p" {
  name  = "/orders/db-password"
  type  = "SecureString"
  value = "Winter-in-Bergen-04" # want "p has a hardcoded value"
}
