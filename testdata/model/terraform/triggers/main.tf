resource "aws_lambda_function" "f" { function_name = "f" }

resource "aws_lambda_permission" "p" {
  function_name = aws_lambda_function.f.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
}
resource "aws_lambda_event_source_mapping" "queue" {
  function_name    = aws_lambda_function.f.arn
  event_source_arn = aws_sqs_queue.q.arn
}
resource "aws_sqs_queue" "q" {}
resource "aws_s3_bucket_notification" "s3" {
  bucket = "uploads"
  lambda_function {
    lambda_function_arn = aws_lambda_function.f.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
resource "aws_sns_topic_subscription" "sns" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.f.arn
}
resource "aws_sns_topic_subscription" "not_ours" {
  topic_arn = "arn:aws:sns:eu-west-1:111122223333:orders"
  protocol  = "email"
  endpoint  = "ops@example.org"
}
resource "aws_cloudwatch_event_target" "events" {
  rule = "nightly"
  arn  = aws_lambda_function.f.arn
  dead_letter_config { arn = aws_sqs_queue.q.arn }
}
resource "aws_scheduler_schedule" "scheduler" {
  schedule_expression = "rate(1 day)"
  target {
    arn      = aws_lambda_function.f.arn
    role_arn = "arn:aws:iam::111122223333:role/scheduler"
  }
}
resource "aws_cloudwatch_log_subscription_filter" "logs" {
  name            = "errors"
  log_group_name  = "/app"
  filter_pattern  = "ERROR"
  destination_arn = aws_lambda_function.f.arn
}
resource "aws_iot_topic_rule" "iot" {
  name    = "iot"
  sql     = "SELECT * FROM 'a'"
  enabled = true
  lambda { function_arn = aws_lambda_function.f.arn }
}
resource "aws_cognito_user_pool" "users" {
  name = "users"
  lambda_config { pre_sign_up = aws_lambda_function.f.arn }
}
resource "aws_api_gateway_integration" "rest" {
  rest_api_id = "x"
  uri         = aws_lambda_function.f.invoke_arn
}
resource "aws_apigatewayv2_integration" "http" {
  api_id          = "x"
  integration_uri = aws_lambda_function.f.invoke_arn
}
resource "aws_lb_target_group_attachment" "alb" {
  target_group_arn = "x"
  target_id        = aws_lambda_function.f.arn
}
resource "aws_cloudfront_distribution" "edge" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = aws_lambda_function.f.qualified_arn
    }
  }
}
resource "aws_sfn_state_machine" "steps" {
  name       = "steps"
  definition = jsonencode({ States = { Call = { Type = "Task", Resource = aws_lambda_function.f.arn } } })
}
resource "aws_secretsmanager_secret_rotation" "rotation" {
  secret_id           = "db"
  rotation_lambda_arn = aws_lambda_function.f.arn
}
resource "aws_config_config_rule" "config" {
  name = "config"
  source {
    owner             = "CUSTOM_LAMBDA"
    source_identifier = aws_lambda_function.f.arn
  }
}

resource "aws_cloudfront_multitenant_distribution" "tenants" {
  enabled = true

  default_cache_behavior {
    target_origin_id       = "site"
    viewer_protocol_policy = "https-only"

    lambda_function_association {
      event_type          = "viewer-request"
      lambda_function_arn = aws_lambda_function.f.arn
    }
  }

  cache_behavior {
    path_pattern           = "/api/*"
    target_origin_id       = "site"
    viewer_protocol_policy = "https-only"

    lambda_function_association {
      event_type          = "origin-request"
      lambda_function_arn = aws_lambda_function.f.arn
    }
  }
}
