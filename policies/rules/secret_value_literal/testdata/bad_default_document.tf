variable "admin" {
  type    = string
  default = "orders"
}

variable "password" {
  type    = string
  default = "Winter-in-Bergen-04"
}

resource "aws_secretsmanager_secret" "db" {
  name = "orders/db"
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id     = aws_secretsmanager_secret.db.id
  secret_string = jsonencode({ username = var.admin, password = var.password }) # want "has a hardcoded value in the default of [pP]assword"
}
