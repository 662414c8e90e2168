resource "aws_cloudwatch_event_target" "nightly" {
  rule = "nightly"
  arn  = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
  input = jsonencode({ # want "aws_cloudwatch_event_target.nightly has a secret in its input: it sets password to a plaintext value"
    password = "Winter-in-Bergen-04"
  })
}

resource "aws_cloudwatch_event_target" "transformed" {
  rule = "nightly"
  arn  = "arn:aws:lambda:eu-west-1:123456789012:function:orders"

  input_transformer {
    input_paths    = { id = "$.id" }
    input_template = "{\"id\": <id>, \"token\": \"ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo\"}" # want "aws_cloudwatch_event_target.transformed has a secret in its input: it has the form github-pat"
  }
}

resource "aws_scheduler_schedule" "weekly" {
  schedule_expression = "rate(7 days)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
    input    = "{\"token\": \"ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo\"}" # want "aws_scheduler_schedule.weekly has a secret in its input"
  }
}

resource "aws_lambda_invocation" "migrate" {
  function_name = "orders"
  input         = jsonencode({ dbPassword = "Winter-in-Bergen-04" }) # want "aws_lambda_invocation.migrate has a secret in its input: it sets dbPassword to a plaintext value"
}

resource "aws_api_gateway_api_key" "client" {
  name  = "client"
  value = "k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1E" # want "aws_api_gateway_api_key.client has a hardcoded value"
}
