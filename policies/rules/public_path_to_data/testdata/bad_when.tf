variable "open" {
  type = bool
}

resource "aws_sns_topic" "jobs" {
  name = "jobs"
}

resource "aws_sns_topic_policy" "jobs" { # want "aws_sns_topic_policy.jobs is public and leads to data: aws_lambda_function.worker runs with aws_iam_role.worker"
  arn = aws_sns_topic.jobs.arn
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = var.open ? "Allow" : "Deny", Principal = "*", Action = "sns:Publish", Resource = aws_sns_topic.jobs.arn }]
  })
}

resource "aws_sns_topic_subscription" "jobs" {
  topic_arn = aws_sns_topic.jobs.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.worker.arn
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = aws_iam_role.worker.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_iam_role" "worker" {
  name = "worker"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "worker" {
  name = "worker"
  role = aws_iam_role.worker.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:*", Resource = "*" }]
  })
}
