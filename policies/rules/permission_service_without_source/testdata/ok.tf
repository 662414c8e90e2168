resource "aws_lambda_permission" "rule" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:123456789012:rule/nightly"
}

resource "aws_lambda_permission" "bucket" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_account = "123456789012"
}

resource "aws_lambda_permission" "topic" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "sns.amazonaws.com"
  principal_org_id = "o-a1b2c3d4e5"
}

resource "aws_lambda_permission" "partner" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "123456789012"
}
