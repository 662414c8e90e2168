resource "aws_iam_user" "jo" {
  name = "jo"
}

resource "aws_iam_user_login_profile" "jo" {
  user                    = aws_iam_user.jo.name # want "aws_iam_user_login_profile.jo sets a console password for aws_iam_user.jo, but no policy requires MFA"
  password_reset_required = true
}

resource "aws_iam_user_policy_attachment" "jo" {
  user       = aws_iam_user.jo.name
  policy_arn = "arn:aws:iam::aws:policy/IAMUserChangePassword"
}
