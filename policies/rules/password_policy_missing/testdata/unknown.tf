variable "user" {
  type = string
}

resource "aws_iam_user_login_profile" "jo" {
  user = var.user
}
