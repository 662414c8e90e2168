data "aws_partition" "current" {}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_iam_role" "returns" {
  name               = "returns"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = aws_iam_role.returns.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_iam_role_policy_attachment" "orders" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/PowerUserAccess" # want "has the managed policy PowerUserAccess"
}

resource "aws_iam_role_policy_attachment" "returns" {
  role       = aws_iam_role.returns.name
  policy_arn = "arn:aws-cn:iam::aws:policy/AdministratorAccess" # want "has the managed policy AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "returns_gov" {
  role       = aws_iam_role.returns.name
  policy_arn = "arn:aws-us-gov:iam::aws:policy/IAMFullAccess" # want "has the managed policy IAMFullAccess"
}
