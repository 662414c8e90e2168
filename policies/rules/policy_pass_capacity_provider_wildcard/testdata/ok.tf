resource "aws_iam_role" "deploy" {
  name               = "deploy"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "deploy" {
  role = aws_iam_role.deploy.name
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "lambda:PassCapacityProvider"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:trusted-*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:GetCapacityProvider"
        Resource = "*"
      },
    ]
  })
}
