resource "aws_iam_role" "operator" {
  name               = "operator"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "operator" {
  role = aws_iam_role.operator.name
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "lambda:SendDurableExecutionCallback*"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:*DurableExecution*"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders:*"
      },
    ]
  })
}
