variable "services" {
  type = list(string)
}

variable "trust_policy" {
  type = string
}

variable "suffix" {
  type = string
}

data "aws_iam_policy_document" "orders" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = var.services
    }
  }
}

data "aws_iam_policy_document" "suffix" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.${var.suffix}"]
    }
  }
}

data "aws_iam_policy_document" "merged" {
  source_policy_documents = [var.trust_policy]
}

data "aws_iam_role" "elsewhere" {
  name = "elsewhere"
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

resource "aws_iam_role" "returns" {
  name               = "returns"
  assume_role_policy = var.trust_policy
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = aws_iam_role.returns.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_iam_role" "refunds" {
  name               = "refunds"
  assume_role_policy = data.aws_iam_policy_document.suffix.json
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = aws_iam_role.refunds.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"
}

resource "aws_iam_role" "merged" {
  name               = "merged"
  assume_role_policy = data.aws_iam_policy_document.merged.json
}

resource "aws_lambda_function" "merged" {
  function_name = "merged"
  role          = aws_iam_role.merged.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "merged.zip"
}

resource "aws_lambda_function" "exchange" {
  function_name = "exchange"
  role          = data.aws_iam_role.elsewhere.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "exchange.zip"
}
