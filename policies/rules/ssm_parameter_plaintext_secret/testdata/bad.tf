resource "aws_ssm_parameter" "p" {
  name  = "/orders/db-password"
  type  = "String" # want "keeps a secret as String: its name says so"
  value = "Winter-in-Bergen-04"
}
