# Each of these waits for the result or is off.
variable "type" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_ses_receipt_rule" "filter" {
  name          = "filter"
  rule_set_name = "mails"
  enabled       = true
  lambda_action {
    function_arn    = aws_lambda_function.orders.arn
    invocation_type = "RequestResponse"
    position        = 1
  }
}

resource "aws_ses_receipt_rule" "unknown" {
  name          = "unknown"
  rule_set_name = "mails"
  enabled       = true
  lambda_action {
    function_arn    = aws_lambda_function.orders.arn
    invocation_type = var.type
    position        = 1
  }
}

resource "aws_cloudwatch_metric_alarm" "off" {
  alarm_name          = "off"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  actions_enabled     = false
  alarm_actions       = [aws_lambda_function.orders.arn]
}

resource "aws_pipes_pipe" "clicks" {
  name       = "clicks"
  role_arn   = "arn:aws:iam::123456789012:role/pipe"
  source     = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks"
  enrichment = aws_lambda_function.orders.arn
  target     = "arn:aws:sqs:eu-west-1:123456789012:clicks"
}

resource "aws_appsync_datasource" "orders" {
  api_id = "a1b2c3"
  name   = "orders"
  type   = "AWS_LAMBDA"
  lambda_config {
    function_arn = aws_lambda_function.orders.arn
  }
}
