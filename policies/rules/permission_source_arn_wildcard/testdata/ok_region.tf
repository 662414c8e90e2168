data "aws_region" "here" {}

data "aws_caller_identity" "here" {}

resource "aws_lambda_permission" "rules" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:${data.aws_region.here.name}:${data.aws_caller_identity.here.account_id}:rule/*"
}

resource "aws_cloudwatch_log_group" "app" {
  name = "/app"
}

resource "aws_lambda_permission" "logs" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.app.arn}:*"
}
