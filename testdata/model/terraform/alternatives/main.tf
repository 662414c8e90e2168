# Types and arguments that no other fixture has: each alternative of a path of the model is written somewhere.
resource "aws_lambda_function" "f" {
  function_name = "orders"
  role          = aws_iam_role.r.arn
}

resource "aws_iam_role" "r" {
  name               = "orders"
  assume_role_policy = "{}"
}

resource "aws_iam_user" "u" {
  name = "deploy"
}

resource "aws_iam_policy" "p" {
  name   = "orders"
  policy = "{}"
}

resource "aws_lambda_permission" "live" {
  function_name = aws_lambda_function.f.function_name
  qualifier     = "live"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
}

resource "awscc_lambda_resource_policy" "f" {
  resource_arn = aws_lambda_function.f.arn
  policy_document = jsonencode({
    Statement = [{ Sid = "Cloud", Effect = "Allow", Principal = "*", Action = "lambda:InvokeFunction", Resource = "*" }]
  })
}

resource "aws_lambdaweb_resource_policy" "f" {
  resource_arn = aws_lambda_function.f.arn
  policy = jsonencode({
    Statement = [{ Sid = "Web", Effect = "Deny", NotPrincipal = "*", NotAction = "lambda:InvokeFunction", NotResource = "*" }]
  })
}

resource "aws_cloudwatch_event_bus" "b" {
  name = "orders"
}

resource "aws_sns_topic" "t" {
  name = "orders"
}

resource "aws_cloudwatch_event_bus_policy" "b" {
  event_bus_name = aws_cloudwatch_event_bus.b.name
  policy         = jsonencode({ Statement = { Effect = "Allow", Principal = "*", Action = "events:PutEvents", Resource = "*" } })
}

resource "aws_cloudwatch_event_permission" "b" {
  event_bus_name = aws_cloudwatch_event_bus.b.name
  statement_id   = "other"
  principal      = "123456789012"
}

resource "aws_sns_topic_policy" "t" {
  arn    = aws_sns_topic.t.arn
  policy = jsonencode({ Statement = { Effect = "Allow", Principal = "*", Action = "sns:Publish", Resource = "*" } })
}

resource "aws_iam_group_membership" "g" {
  name  = "deployers"
  group = "deployers"
  users = [aws_iam_user.u.name]
}

resource "aws_iam_user_policy_attachments_exclusive" "u" {
  user_name   = aws_iam_user.u.name
  policy_arns = [aws_iam_policy.p.arn]
}

resource "aws_iam_role_policy_attachments_exclusive" "r" {
  role_name   = aws_iam_role.r.name
  policy_arns = [aws_iam_policy.p.arn]
}

resource "aws_iam_policy_attachment" "p" {
  name       = "orders"
  roles      = [aws_iam_role.r.name]
  users      = [aws_iam_user.u.name]
  policy_arn = aws_iam_policy.p.arn
}

resource "aws_secretsmanager_secret" "s" {
  name_prefix = "orders-"
}

resource "aws_ssm_parameter" "plain" {
  name           = "/orders/mode"
  type           = "String"
  insecure_value = "fast"
}

resource "aws_ssm_parameter" "secure" {
  name   = "/orders/endpoint"
  type   = "SecureString"
  key_id = "alias/orders"
  value  = "https://example.com"
}

data "archive_file" "plain" {
  type                    = "zip"
  output_path             = "plain.zip"
  source_content          = "exports.handler = () => 1"
  source_content_filename = "index.js"
}

provider "aws" {
  region = "eu-central-1"
  token  = var.token
}

variable "token" {
  type = string
}

# APIs
resource "aws_api_gateway_rest_api" "a" {
  name = "orders"
}

resource "aws_api_gateway_method" "m" {
  rest_api_id   = aws_api_gateway_rest_api.a.id
  resource_id   = aws_api_gateway_rest_api.a.root_resource_id
  http_method   = "GET"
  authorization = "AWS_IAM"
}

resource "aws_api_gateway_deployment" "a" {
  rest_api_id = aws_api_gateway_rest_api.a.id
  variables   = { mode = "fast" }
}

resource "aws_api_gateway_authorizer" "a" {
  name           = "orders"
  rest_api_id    = aws_api_gateway_rest_api.a.id
  authorizer_uri = aws_lambda_function.f.invoke_arn
}

resource "aws_apigatewayv2_api" "quick" {
  name          = "quick"
  protocol_type = "HTTP"
  target        = aws_lambda_function.f.arn
}

resource "aws_apigatewayv2_api" "defined" {
  name          = "defined"
  protocol_type = "HTTP"
  body = jsonencode({
    openapi = "3.0.1"
    paths = { "/orders" = { get = { "x-amazon-apigateway-integration" = {
      type = "AWS_PROXY", httpMethod = "POST", payloadFormatVersion = "2.0", uri = aws_lambda_function.f.invoke_arn
    } } } }
  })
}

resource "aws_apigatewayv2_authorizer" "a" {
  api_id          = aws_apigatewayv2_api.quick.id
  name            = "orders"
  authorizer_type = "REQUEST"
  authorizer_uri  = aws_lambda_function.f.invoke_arn
}

resource "aws_apigatewayv2_stage" "a" {
  api_id          = aws_apigatewayv2_api.quick.id
  name            = "live"
  stage_variables = { mode = "fast" }
}

# Triggers
resource "aws_alb_target_group_attachment" "f" {
  target_group_arn = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/orders/6d0ecf831eec9f09"
  target_id        = aws_lambda_function.f.arn
}

resource "aws_cloudwatch_event_target" "f" {
  rule           = "orders"
  event_bus_name = aws_cloudwatch_event_bus.b.name
  arn            = aws_lambda_function.f.arn
}

resource "aws_cognito_user_pool" "p" {
  name = "customers"
  lambda_config {
    pre_sign_up = aws_lambda_function.f.arn
    kms_key_id  = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    custom_email_sender {
      lambda_arn     = aws_lambda_function.f.arn
      lambda_version = "V1_0"
    }
  }
}

resource "aws_scheduler_schedule" "f" {
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.f.arn
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
    dead_letter_config {
      arn = "arn:aws:sqs:eu-central-1:123456789012:failed"
    }
  }
}

data "archive_file" "file" {
  type        = "zip"
  source_file = "index.js"
  output_path = "file.zip"
}

data "archive_file" "directory" {
  type        = "zip"
  source_dir  = "src"
  output_path = "directory.zip"
}
