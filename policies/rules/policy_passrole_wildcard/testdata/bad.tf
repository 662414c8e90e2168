data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

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
        Effect   = "Allow"
        Action   = "iam:PassRole" # want "allows iam:PassRole.* on every role"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "iam:GetRole",
          "iam:Pass*", # want "allows iam:Pass.* on every role"
        ]
        Resource = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/*"
      },
      {
        Effect   = "Allow"
        Action   = "iam:passrole" # want "allows iam:passrole.* on every role"
        Resource = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/*"
      },
      {
        Effect   = "Allow"
        Action   = "iam:PassRole" # want "allows iam:PassRole.* on every role"
        Resource = "*"
        Condition = {
          StringLike = {
            "iam:PassedToService" = "*"
          }
        }
      },
    ]
  })
}
