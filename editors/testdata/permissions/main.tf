# é 😀
resource "aws_lambda_permission" "nightly" {
  function_name = "orders"
  /* café 😀 */ action = "lambda:*"
  principal  = "events.amazonaws.com"
  source_arn = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}

resource "aws_lambda_permission" "weekly" {
  function_name = "orders"
  action        = "*"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/weekly"
}
