# The destination is for the latest version, and the event comes to the alias.
resource "aws_lambda_function" "f" { # want "events from scheduler"
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "f.zip"
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.f.function_name
  function_version = "1"
}

resource "aws_lambda_function_event_invoke_config" "f" {
  function_name = aws_lambda_function.f.function_name
  destination_config {
    on_failure {
      destination = "arn:aws:sqs:eu-west-1:111122223333:failed"
    }
  }
}

resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_alias.live.arn
    role_arn = "arn:aws:iam::111122223333:role/scheduler"
  }
}
