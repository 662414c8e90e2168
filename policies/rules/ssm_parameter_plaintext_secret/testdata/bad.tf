resource "aws_ssm_parameter" "p" {
  name  = "/orders/db-password"
  type  = "String" # want "plaintext secret: its type is String, and its name indicates"
  value = "Winter-in-Bergen-04"
}
