resource "aws_secretsmanager_secret" "db" { # want "AWS managed key aws/"
  name = "orders/db"
}
