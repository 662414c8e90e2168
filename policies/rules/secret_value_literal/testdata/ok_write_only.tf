variable "password" {
  type      = string
  ephemeral = true
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id                = "orders/db"
  secret_string_wo         = var.password
  secret_string_wo_version = 1
}
