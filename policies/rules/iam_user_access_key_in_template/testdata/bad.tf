resource "aws_iam_access_key" "ci" { # want "ci is a long-lived access key that does not expire$"
  user = "ci"
}
