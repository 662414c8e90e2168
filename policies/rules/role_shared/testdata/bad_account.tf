# The account is unknown, but the same.
data "aws_caller_identity" "current" {}

locals {
  role = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/workers"
}

resource "aws_lambda_function" "reader" {
  function_name = "reader"
  role          = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/workers" # want "is shared by aws_lambda_function.reader and aws_lambda_function.writer"
  handler       = "index.handler"
  runtime       = "nodejs24.x"
  filename      = "reader.zip"
}

resource "aws_lambda_function" "writer" {
  function_name = "writer"
  role          = local.role
  handler       = "index.handler"
  runtime       = "nodejs24.x"
  filename      = "writer.zip"
}
