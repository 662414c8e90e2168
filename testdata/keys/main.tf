# Policies of secrets and KMS keys in all the resources that have them, for the test that each is written somewhere.
locals {
  account = {
    Effect    = "Allow"
    Principal = { AWS = "arn:aws:iam::123456789012:root" }
    Action    = "*"
    Resource  = "*"
  }
}

resource "aws_secretsmanager_secret" "db" {
  name        = "db"
  description = "The password of the database"
}

resource "aws_secretsmanager_secret_policy" "db" {
  secret_arn = aws_secretsmanager_secret.db.arn
  policy     = jsonencode({ Version = "2012-10-17", Statement = [local.account] })
}

resource "aws_kms_key" "data" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.account] })
}

resource "aws_kms_key" "logs" {}

resource "aws_kms_key_policy" "logs" {
  key_id = aws_kms_key.logs.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.account] })
}

resource "aws_kms_replica_key" "copy" {
  primary_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/mrk-0"
  policy          = jsonencode({ Version = "2012-10-17", Statement = [local.account] })
}

resource "aws_kms_external_key" "imported" {
  policy = jsonencode({ Version = "2012-10-17", Statement = [local.account] })
}
