data "aws_iam_policy_document" "orders" {
  statement {
    actions = ["sts:*"] # want "aws_iam_role.orders allows .* wildcard action: Action is sts:"

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }

  statement {
    not_actions = ["sts:TagSession"] # want "every action except those in NotAction"

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }

  statement {
    actions = ["sts:AssumeRole"]

    not_principals { # want "aws_iam_role.orders trusts every principal except"
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:user/jo"]
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
