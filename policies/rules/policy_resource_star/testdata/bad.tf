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
        Effect   = "Allow"
        Action   = ["sqs:SendMessage", "sqs:GetQueueAttributes"]
        Resource = "*" # want "allows sqs:GetQueueAttributes and sqs:SendMessage on every resource"
      },
      {
        Effect = "Allow"
        Action = "dynamodb:PutItem"
        Resource = [
          "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
          "*", # want "dynamodb:PutItem"
        ]
      },
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "xray:PutTraceSegments"]
        Resource = "*" # want "allows s3:PutObject on"
      },
      {
        Effect   = "Allow"
        Action   = "states:Start*"
        Resource = "*" # want "states:Start"
      },
      {
        Effect   = "Allow"
        Action   = ["sagemaker:InvokeEndpoint", "cloudwatch:DescribeAlarms", "autoscaling:DescribeAutoScalingGroups"]
        Resource = "*" # want "allows sagemaker:InvokeEndpoint on"
      },
    ]
  })
}
