resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_iam_policy" "limit" {
  name = "limit"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::orders/*" },
      { Effect = "Allow", Action = ["dynamodb:*", "secretsmanager:*"], Resource = "*" },
      { Effect = "Deny", Action = "secretsmanager:Get*", Resource = "*" },
    ]
  })
}

resource "aws_iam_role" "orders" {
  name                 = "orders"
  permissions_boundary = aws_iam_policy.limit.arn

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
          "s3:GetObject",
          "secretsmanager:GetSecretValue",
          "dynamodb:GetItem", # want "on every item of every DynamoDB table"
        ]
        Resource = "*"
      },
    ]
  })
}
