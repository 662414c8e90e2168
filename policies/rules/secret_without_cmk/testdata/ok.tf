resource "aws_secretsmanager_secret" "db" {
  name       = "orders/db"
  kms_key_id = "alias/secrets"
}
