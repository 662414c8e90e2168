# One source of the service is declared here, so it is the one.
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_lambda_permission" "topic" {
  function_name = "orders" # the name
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com" # who may
}

resource "aws_s3_bucket" "uploads" {
}

resource "aws_lambda_permission" "bucket" {
    function_name = "orders"
    action = "lambda:InvokeFunction"
    principal = "s3.amazonaws.com"
}

data "aws_caller_identity" "me" {}

resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"
}

resource "aws_lambda_permission" "api" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
}
