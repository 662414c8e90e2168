resource "aws_secretsmanager_secret" "db" {
  name = "orders/db"
}

resource "aws_kms_key" "own" {
  enable_key_rotation = true
}
