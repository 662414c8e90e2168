resource "aws_iam_user" "jo" {
  name = "jo"
}

data "aws_iam_policy_document" "deploy" {
  statement {
    actions   = ["lambda:UpdateFunctionCode"]
    resources = ["*"]
  }
}

resource "aws_iam_user_policy" "jo" {
  user   = aws_iam_user.jo.name # want "aws_iam_user_policy.jo gives a user direct permissions for Lambda: lambda"
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_policy" "deploy" {
  policy = data.aws_iam_policy_document.deploy.json
}

resource "aws_iam_user_policy_attachment" "own" {
  user       = aws_iam_user.jo.name
  policy_arn = aws_iam_policy.deploy.arn # want "aws_iam_user_policy_attachment.own gives users direct permissions for Lambda: policy aws_iam_policy.deploy"
}

resource "aws_iam_user_policy_attachment" "managed" {
  user       = "kim"
  policy_arn = "arn:aws:iam::aws:policy/AWSLambda_FullAccess" # want "aws_iam_user_policy_attachment.managed gives users direct permissions for Lambda: policy AWSLambda_FullAccess"
}

resource "aws_iam_policy_attachment" "many" {
  name       = "many"
  users      = [aws_iam_user.jo.name]
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # want "aws_iam_policy_attachment.many gives users direct permissions for Lambda: policy AdministratorAccess"
}
