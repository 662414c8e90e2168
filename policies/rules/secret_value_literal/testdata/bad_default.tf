variable "password" {
  type    = string
  default = "Winter-in-Bergen-04" # want "has a hardcoded value in the default of [pP]assword"
}

resource "aws_secretsmanager_secret" "db" {
  name = "orders/db"
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = var.password
}
