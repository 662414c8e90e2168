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
        Action   = ["lambda:GetDurableExecution", "lambda:StopDurableExecution"]
        Resource = ["arn:aws:lambda:eu-west-1:123456789012:function:orders", "arn:aws:lambda:eu-west-1:123456789012:function:orders:*"]
      },
      {
        Effect   = "Allow"
        Action   = "lambda:GetDurableExecution"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:shop-*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:GetDurableExecution"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders:1/durable-execution/*"
      },
      {
        Effect   = "Allow"
        Action   = ["lambda:InvokeFunction", "lambda:ListDurableExecutionsByFunction"]
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
      },
    ]
  })
}

# Another policy allows it.
resource "aws_iam_role" "durable" {
  name                = "durable"
  assume_role_policy  = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
  managed_policy_arns = ["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy"]
}

resource "aws_iam_role_policy" "durable" {
  role = aws_iam_role.durable.name
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = "lambda:GetDurableExecutionState"
      Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
    }]
  })
}

resource "aws_iam_role" "twice" {
  name               = "twice"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "twice" {
  role = aws_iam_role.twice.name
  policy = jsonencode({
    Statement = [
      {
        Effect   = "Allow"
        Action   = "lambda:GetDurableExecution"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:Get*"
        Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders:*"
      },
    ]
  })
}
