variable "policy_arn" {
  type = string
}

variable "user" {
  type = string
}

resource "aws_iam_user" "jo" {
  name = "jo"
}

resource "aws_iam_user_login_profile" "jo" {
  user = aws_iam_user.jo.name
}

resource "aws_iam_user_login_profile" "other" {
  user = var.user
}

resource "aws_iam_user_policy_attachment" "jo" {
  user       = aws_iam_user.jo.name
  policy_arn = var.policy_arn
}
