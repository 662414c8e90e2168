# A user without a password needs no policy for it.
resource "aws_iam_user" "robot" {
  name = "robot"
}
