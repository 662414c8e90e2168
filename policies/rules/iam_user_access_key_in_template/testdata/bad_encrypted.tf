resource "aws_iam_access_key" "ci" { # want "is a long-lived access key with an encrypted secret"
  user    = "ci"
  pgp_key = "keybase:ci"
}
