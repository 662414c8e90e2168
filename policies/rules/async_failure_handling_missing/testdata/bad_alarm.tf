# The alarms and the receipt rule queue their events.
resource "aws_lambda_function" "orders" { # want "failed events from lambda.alarms.cloudwatch.amazonaws.com are lost"
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name                = "errors"
  comparison_operator       = "GreaterThanThreshold"
  evaluation_periods        = 1
  threshold                 = 1
  metric_name               = "Errors"
  namespace                 = "AWS/Lambda"
  period                    = 60
  statistic                 = "Sum"
  insufficient_data_actions = [aws_lambda_function.orders.arn]
}

resource "aws_cloudwatch_composite_alarm" "errors" {
  alarm_name = "all"
  alarm_rule = "ALARM(errors)"
  ok_actions = ["arn:aws:sns:eu-west-1:123456789012:people", aws_lambda_function.orders.arn]
}

resource "aws_lambda_function" "mails" { # want "failed events from ses.amazonaws.com are lost"
  function_name = "mails"
  role          = "arn:aws:iam::123456789012:role/mails"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "mails.zip"
}

resource "aws_ses_receipt_rule" "mails" {
  name          = "mails"
  rule_set_name = "mails"
  enabled       = true
  lambda_action {
    function_arn = aws_lambda_function.mails.arn
    position     = 1
  }
}
