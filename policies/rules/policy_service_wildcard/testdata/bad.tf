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
          "s3:*",       # want "allows every action of s3"
          "dynamodb:*", # want "allows every action of dynamodb"
        ]
        Resource = ["arn:aws:s3:::orders/*", "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
      },
      {
        Effect   = "Allow"
        Action   = "SQS:*" # want "allows every action of sqs"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "logs:*" # want "allows every action of logs"
        Resource = "arn:aws:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:*" # want "allows every action of lambda"
        Resource = var.name
      },
      {
        Effect   = "Allow"
        Action   = "ec2:*" # want "allows every action of ec2"
        Resource = "*"
        Condition = {
          StringEquals = {
            "ec2:ResourceTag/team" = "orders"
          }
        }
      },
    ]
  })
}
