data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

variable "name" {
  type = string
}

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
          "s3:Put*", # want "allows s3:Put"
          "s3:GetObject",
        ]
        Resource = "arn:aws:s3:::orders/*"
      },
      {
        Effect   = "Allow"
        Action   = "dynamodb:*Item" # want "dynamodb:"
        Resource = "arn:aws:dynamodb:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:table/orders"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:Update*" # want "lambda:Update"
        Resource = "arn:aws:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:orders"
      },
      {
        Effect   = "Allow"
        Action   = "sqs:?e*" # want "sqs:"
        Resource = var.name
      },
    ]
  })
}
