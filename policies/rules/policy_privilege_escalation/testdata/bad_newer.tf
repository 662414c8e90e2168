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
          "scheduler:CreateSchedule", # want "it can call any API with any role through EventBridge Scheduler"
          "iam:PassRole",
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "ssm:SendCommand" # want "it can run commands on any instance that Systems Manager manages"
        Resource = "*"
      },
      {
        Effect = "Allow"
        Action = [
          "states:UpdateStateMachine", # want "it can rewrite any state machine and act with its role"
          "states:StartExecution",
        ]
        Resource = "arn:aws:states:*:*:stateMachine:*"
      },
      {
        Effect   = "Allow"
        Action   = "lambda:RunMicrovm" # want "it can run a MicroVM with any role"
        Resource = "*"
      },
    ]
  })
}
