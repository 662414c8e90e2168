resource "aws_lambda_permission" "rule" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
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

resource "aws_lambda_permission" "account" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "111122223333"
  source_arn    = "arn:aws:sns:eu-west-1:111122223333:orders"
}

resource "aws_lambda_permission" "other" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "ses.amazonaws.com"
  source_arn    = "arn:aws:ses:eu-west-1:111122223333:receipt-rule-set/a:receipt-rule/b"
}
