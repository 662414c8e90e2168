resource "aws_iam_user" "jo" {
  name = "jo"
}

resource "aws_iam_user_login_profile" "jo" {
  user = aws_iam_user.jo.name
}

resource "aws_iam_user" "kim" {
  name = "kim"
}

resource "aws_iam_user_login_profile" "kim" {
  user = aws_iam_user.kim.name
}
