resource "aws_iam_user" "jo" {
  name = "jo"
}

resource "aws_iam_user_policy_attachment" "password" {
  user       = aws_iam_user.jo.name
  policy_arn = "arn:aws:iam::aws:policy/IAMUserChangePassword"
}

data "aws_iam_policy_document" "uploads" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::uploads/*"]
  }
}

resource "aws_iam_user_policy" "jo" {
  user   = aws_iam_user.jo.name
  policy = data.aws_iam_policy_document.uploads.json
}

resource "aws_iam_group" "developers" {
  name = "developers"
}

resource "aws_iam_policy_attachment" "developers" {
  name       = "developers"
  groups     = [aws_iam_group.developers.name]
  policy_arn = "arn:aws:iam::aws:policy/AWSLambda_FullAccess"
}
