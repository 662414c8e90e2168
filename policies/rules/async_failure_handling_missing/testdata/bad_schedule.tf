# A schedule requires no permission: its role invokes the function.
resource "aws_scheduler_schedule" "nightly" {
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.f.arn
    role_arn = "arn:aws:iam::111122223333:role/scheduler"
  }
}

resource "aws_lambda_function" "f" { # want "events from scheduler"
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "f.zip"
}
