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
          "iam:PutRolePolicy",       # want "can write inline policies"
          "iam:Attach*Policy",       # want "can attach managed policies"
          "iam:CreatePolicyVersion", # want "can create a new version of any"
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:UpdateFunctionCode" # want "can replace the code of any function"
        Resource = "arn:aws:lambda:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:function:*"
      },
      {
        Effect = "Allow"
        Action = [
          "lambda:CreateFunction", # want "can run a new function with any role"
          "lambda:InvokeFunction",
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:role/*"
      },
      {
        Effect   = "Allow"
        Action   = "ecs:RegisterTaskDefinition" # want "can run an ECS task with any role"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "ecs:*"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "iam:UpdateAssumeRolePolicy", # want "trust policy of any role"
          "sts:AssumeRole",
        ]
        Resource = "*"
      },
    ]
  })
}
