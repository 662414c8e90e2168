variable "redrive" {
  type = string
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn      = "arn:aws:sns:eu-west-1:123456789012:news"
  protocol       = "lambda"
  endpoint       = aws_lambda_function.worker.arn
  redrive_policy = var.redrive
}
