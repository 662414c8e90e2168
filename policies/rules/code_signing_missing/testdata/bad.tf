resource "aws_lambda_function" "orders" { # want "rders has no code signing configuration"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

data "aws_caller_identity" "current" {}

resource "aws_lambda_function" "refunds" { # want "refunds has no code signing configuration"
  function_name = "refunds"
  role          = aws_iam_role.refunds.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"
}

# Whichever account it is, it is not Lambda@Edge.
resource "aws_iam_role" "refunds" {
  assume_role_policy = jsonencode({
    Statement = [{
      Effect = "Allow"
      Action = "sts:AssumeRole"
      Principal = {
        Service = "lambda.amazonaws.com"
        AWS     = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
      }
    }]
  })
}
