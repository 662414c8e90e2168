resource "aws_lambda_permission" "rules" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/orders-*"
}

resource "aws_lambda_permission" "all_rules" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:*:111122223333:rule/*"
}

resource "aws_lambda_permission" "api" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "arn:aws:execute-api:eu-west-1:111122223333:abc123/*/*"
}

resource "aws_lambda_permission" "logs" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.eu-west-1.amazonaws.com"
  source_arn    = "arn:aws:logs:eu-west-1:111122223333:log-group:/app:*"
}

resource "aws_lambda_permission" "buckets" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::orders-*"
  source_account = "111122223333"
}

resource "aws_lambda_permission" "with_account" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::*"
  source_account = "111122223333"
}

resource "aws_lambda_permission" "with_organization" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "events.amazonaws.com"
  source_arn       = "arn:aws:events:*:*:rule/*"
  principal_org_id = "o-a1b2c3d4e5"
}
