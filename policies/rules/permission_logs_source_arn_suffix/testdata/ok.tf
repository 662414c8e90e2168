resource "aws_lambda_permission" "filter" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.eu-west-1.amazonaws.com"
  source_arn    = "arn:aws:logs:eu-west-1:111122223333:log-group:/app/orders:*"
}

resource "aws_lambda_permission" "prefix" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.amazonaws.com"
  source_arn    = "arn:aws:logs:eu-west-1:111122223333:log-group:/app/*"
}

resource "aws_lambda_permission" "rule" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}
