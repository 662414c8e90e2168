resource "aws_iam_user" "jo" {
  name = "jo"
}

resource "aws_iam_user_login_profile" "jo" {
  user = aws_iam_user.jo.name # want "aws_iam_user_login_profile.jo sets a console password, but no password policy is declared"
}

resource "aws_iam_user" "kim" {
  name = "kim"
}

resource "aws_iam_user_login_profile" "kim" {
  user = aws_iam_user.kim.name
}
