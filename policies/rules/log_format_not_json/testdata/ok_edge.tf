data "aws_iam_policy_document" "edge" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "edge" {
  name               = "edge"
  assume_role_policy = data.aws_iam_policy_document.edge.json
}

resource "aws_lambda_function" "redirect" {
  function_name = "redirect"
  role          = aws_iam_role.edge.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "redirect.zip"
}
