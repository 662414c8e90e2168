resource "aws_iam_access_key" "ci" { # want "ci is a long-lived key$"
  user = "ci"
}
