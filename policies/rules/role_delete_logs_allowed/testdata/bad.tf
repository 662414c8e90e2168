data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

variable "name" {
  type = string
}

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
          "logs:DeleteLogGroup", # want "allows logs:Delete.* on every log group"
          "logs:DescribeLogGroups",
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "logs:Delete*" # want "allows logs:Delete.* on every log group"
        Resource = "arn:aws:logs:*:*:*"
      },
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogStream",
          "logs:PutLogEvents",
          "logs:DeleteLogStream", # want "on the log group of every function"
        ]
        Resource = "arn:aws:logs:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/*"
      },
      {
        Effect = "Allow"
        Action = [
          "logs:CreateLogGroup",
          "logs:PutLogEvents",
          "logs:PutRetentionPolicy", # want "reduce the retention to one day"
        ]
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "cloudtrail:StopLogging" # want "can stop or change a CloudTrail trail"
        Resource = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/audit"
      },
      {
        Effect = "Allow"
        Action = [
          "cloudtrail:LookupEvents",
          "cloudtrail:PutEventSelectors", # want "CloudTrail trail"
        ]
        Resource = var.name
      },
    ]
  })
}
