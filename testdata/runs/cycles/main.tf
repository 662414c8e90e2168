# Cycles of two and of three, which share a value. Which of them is named must not depend on the order of evaluation.
locals {
  a = "${local.b}-${local.d}"
  b = "${local.c}-${local.a}"
  c = local.a
  d = local.e
  e = "${local.d}-${local.b}"
  f = { x = local.f.y, y = local.f.x }
}

resource "aws_lambda_function" "api" {
  function_name = local.a
  role          = aws_iam_role.api.arn
  handler       = local.e
  runtime       = "python3.7"
  description   = aws_lambda_function.other.description

  environment {
    variables = {
      A = local.a
      B = local.f.x
      C = aws_lambda_function.other.arn
    }
  }
}

resource "aws_lambda_function" "other" {
  function_name = "other"
  role          = aws_iam_role.api.arn
  handler       = "other.handler"
  runtime       = "python3.13"
  description   = aws_lambda_function.api.description
}

resource "aws_iam_role" "api" {
  name               = local.c
  assume_role_policy = local.d
}
