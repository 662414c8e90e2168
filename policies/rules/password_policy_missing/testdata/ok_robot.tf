# A user without a password requires no password policy.
resource "aws_iam_user" "robot" {
  name = "robot"
}
