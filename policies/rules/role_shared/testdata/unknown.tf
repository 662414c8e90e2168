variable "role_arn" {
  type = string
}

variable "other_arn" {
  type = string
}

variable "which" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = var.role_arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = var.other_arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "own" {
  for_each = toset(["a", "b"])

  name               = each.key
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = aws_iam_role.own[var.which].arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"
}

resource "aws_lambda_function" "exchange" {
  function_name = "exchange"
  role          = aws_iam_role.own["a"].arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "exchange.zip"
}
