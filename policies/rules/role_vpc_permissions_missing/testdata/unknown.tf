variable "policy_arns" {
  type = list(string)
}

variable "subnet_ids" {
  type = list(string)
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

resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d"]
    security_group_ids = ["sg-0a1b2c3d"]
  }
}

resource "aws_iam_role_policy_attachment" "orders" {
  for_each = toset(var.policy_arns)

  role       = aws_iam_role.orders.name
  policy_arn = each.value
}

data "aws_iam_policy" "network" {
  name = "network"
}

resource "aws_iam_role" "returns" {
  name               = "returns"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = aws_iam_role.returns.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"

  vpc_config {
    subnet_ids         = ["subnet-0a1b2c3d"]
    security_group_ids = ["sg-0a1b2c3d"]
  }
}

resource "aws_iam_role_policy_attachment" "returns" {
  role       = aws_iam_role.returns.name
  policy_arn = data.aws_iam_policy.network.arn
}

resource "aws_iam_role" "refunds" {
  name               = "refunds"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = aws_iam_role.refunds.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = var.subnet_ids
    security_group_ids = []
  }
}
