resource "aws_ssm_parameter" "p" {
  name  = "/orders/db-password"
  type  = "SecureString"
  value = "changeme"
}
