resource "aws_lambda_permission" "all" {
  function_name = "orders"
  action        = "lambda:*" # want "allows lambda:"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "some" {
  function_name = "orders"
  action        = "lambda:Update*" # want "allows lambda:Update"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "star" {
  function_name = "orders"
  action        = "*" # want "allows"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}
