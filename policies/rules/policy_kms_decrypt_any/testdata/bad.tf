data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_iam_role" "orders" {
  name = "orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.orders.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "kms:Encrypt",
          "kms:Decrypt", # want "kms:.* on every KMS key"
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:ReEncrypt*" # want "kms:.* on every KMS key"
        Resource = "arn:aws:kms:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:key/*"
      },
      {
        Effect   = "Allow"
        Action   = "kms:decrypt" # want "kms:.* on every KMS key"
        Resource = "arn:aws:kms:*:*:key/*"
      },
    ]
  })
}
