resource "aws_lambda_permission" "all" {
  function_name = "orders"
  action        = "lambda:*"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "some" {
  function_name = "orders"
  action        = "lambda:Update*"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "star" {
  function_name = "orders"
  action        = "*"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}
