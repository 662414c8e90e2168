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
        Action   = "lambda:PassCapacityProvider" # want "aws_iam_role.deploy .execution role. allows lambda:PassCapacityProvider on every capacity provider"
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:Pass*" # want "allows lambda:Pass. on every capacity provider"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:*"
      },
    ]
  })
}
