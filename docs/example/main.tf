# An export job that a schedule starts.

resource "aws_lambda_function" "export" {
  function_name = "orders-export"
  role          = aws_iam_role.export.arn
  handler       = "export.handler"
  runtime       = "python3.13"
  filename      = "export.zip"

  environment {
    variables = {
      DATABASE_HOST     = "orders.internal"
      DATABASE_PASSWORD = "kR7vQx2mWp9zLt4b"
    }
  }
}

resource "aws_iam_role" "export" {
  name = "orders-export"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "export" {
  role   = aws_iam_role.export.name
  policy = <<-JSON
    {"Statement": [
      {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": "${aws_cloudwatch_log_group.export.arn}:*"},
      {"Effect": "Allow", "Action": "*", "Resource": "*"}
    ]}
  JSON
}

resource "aws_cloudwatch_log_group" "export" {
  name              = "/aws/lambda/orders-export"
  retention_in_days = 30
}
