resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders has no CloudWatch alarm"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_metric_alarm" "other" {
  alarm_name          = "other"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 0
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  period              = 60
  statistic           = "Sum"
  dimensions          = { FunctionName = "other" }
}

variable "queue" {
  type = string
}

resource "aws_cloudwatch_metric_alarm" "queue" {
  alarm_name          = "queue"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 0
  namespace           = "AWS/SQS"
  metric_name         = "Errors"
  period              = 60
  statistic           = "Sum"
  dimensions          = { QueueName = var.queue }
}
