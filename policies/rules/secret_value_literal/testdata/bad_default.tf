variable "password" {
  type    = string
  default = "Winter-in-Bergen-04"
}

resource "aws_secretsmanager_secret" "db" {
  name = "orders/db"
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = var.password # want "has a hardcoded value in the default of [pP]assword"
}
