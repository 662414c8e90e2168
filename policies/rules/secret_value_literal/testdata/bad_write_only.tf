resource "aws_secretsmanager_secret_version" "db" {
  secret_id                = "orders-db"
  secret_string_wo         = "uT7!pQ2z#Lm9vR4x" # want "has a hardcoded value"
  secret_string_wo_version = 1
}

resource "aws_ssm_parameter" "db" {
  name             = "/orders/db/password"
  type             = "SecureString"
  value_wo         = "uT7!pQ2z#Lm9vR4x" # want "has a hardcoded value"
  value_wo_version = 1
}
