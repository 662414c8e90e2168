# The same policy in a data source, a managed policy and a local value.
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

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["*"] # want "aws_iam_role.orders .*allows every action"
    resources = ["arn:aws:s3:::orders/*"]
  }
}

resource "aws_iam_policy" "orders" {
  name   = "orders"
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_iam_role_policy_attachment" "orders" {
  role       = aws_iam_role.orders.name
  policy_arn = aws_iam_policy.orders.arn
}

locals {
  returns = {
    Version = "2012-10-17"
    Statement = {
      Effect   = "Allow"
      Action   = "*:*" # want "aws_iam_role.returns .*allows every action"
      Resource = "arn:aws:s3:::returns/*"
    }
  }
}

resource "aws_iam_role_policy" "returns" {
  role   = aws_iam_role.returns.id
  policy = jsonencode(local.returns)
}
