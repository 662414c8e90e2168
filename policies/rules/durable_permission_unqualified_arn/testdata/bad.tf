resource "aws_iam_role" "operator" {
  name               = "operator"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

resource "aws_iam_role_policy" "operator" {
  role = aws_iam_role.operator.name
  policy = jsonencode({
    Statement = [{
      Effect   = "Allow"
      Action   = ["lambda:GetDurableExecution", "lambda:StopDurableExecution"]
      Resource = "arn:aws:lambda:eu-west-1:123456789012:function:orders" # want "aws_iam_role.operator allows lambda:GetDurableExecution and lambda:StopDurableExecution for arn:aws:lambda:eu-west-1:123456789012:function:orders without a qualifier, which matches no durable execution"
    }]
  })
}
