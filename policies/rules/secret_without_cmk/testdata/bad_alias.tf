resource "aws_secretsmanager_secret" "db" {
  name       = "orders/db"
  kms_key_id = "alias/aws/secretsmanager" # want "AWS managed key aws/"
}
