# Nothing invokes the functions: the rules and the schedule are switched off.
resource "aws_cloudwatch_event_rule" "state" {
  schedule_expression = "rate(1 day)"
  state               = "DISABLED"
}

resource "aws_cloudwatch_event_target" "state" {
  rule = aws_cloudwatch_event_rule.state.name
  arn  = aws_lambda_function.f.arn
}

resource "aws_cloudwatch_event_rule" "flag" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
  is_enabled          = false
}

resource "aws_cloudwatch_event_target" "flag" {
  rule = "nightly"
  arn  = aws_lambda_function.f.arn
}

resource "aws_lambda_permission" "events" {
  function_name = aws_lambda_function.f.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.state.arn
}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"
  state               = "DISABLED"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.f.arn
    role_arn = "arn:aws:iam::111122223333:role/scheduler"
  }
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "f.zip"
}
