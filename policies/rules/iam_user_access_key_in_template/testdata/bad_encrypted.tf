resource "aws_iam_access_key" "ci" { # want "encrypted for its owner"
  user    = "ci"
  pgp_key = "keybase:ci"
}
