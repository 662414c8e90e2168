data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "orders" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type = "AWS"
      identifiers = [
        "arn:aws:iam::123456789012:root",                                               # want "aws_iam_role.orders can be assumed by every principal of account 123456789012"
        "210987654321",                                                                 # want "account 210987654321"
        "arn:aws-cn:iam::${data.aws_caller_identity.current.account_id}:root",          # want "every principal of an account"
        "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/deploy/main", # a role
      ]
    }
  }
}

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = data.aws_iam_policy_document.orders.json
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}
