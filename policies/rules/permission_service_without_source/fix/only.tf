# The template has one source of the service, so the fix refers to it.
resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_lambda_permission" "topic" {
  function_name = "orders" # the function
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com" # the principal
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
