resource "aws_iam_role" "deploy" {
  name = "deploy"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "codebuild.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = [
          "lambda:GetFunction",
          "lambda:CreateFunction", # want "(?i)deploy, assumed by CodeBuild, allows lambda:CreateFunction without a condition"
          "lambda:UpdateFunction*", # want "allows lambda:UpdateFunction. without a condition"
        ]
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:shop-*"
      },
    ]
  })
}
