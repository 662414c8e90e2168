resource "aws_secretsmanager_secret" "db" { # want "encrypted with AWS.s own key"
  name = "orders/db"
}
