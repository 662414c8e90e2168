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
          "scheduler:CreateSchedule",
          "states:UpdateStateMachine",
          "sagemaker:CreateNotebookInstance",
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "iam:PassRole"
        Resource = "arn:aws:iam::123456789012:role/schedules"
      },
      {
        Effect   = "Allow"
        Action   = "ssm:SendCommand"
        Resource = "arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"
      },
      {
        Effect   = "Allow"
        Action   = "ssm:StartSession"
        Resource = "*"
        Condition = {
          StringEquals = {
            "ssm:resourceTag/service" = "orders"
          }
        }
      },
      {
        Effect   = "Allow"
        Action   = "lambda:CreateMicrovmShellAuthToken"
        Resource = "*"
      },
    ]
  })
}
