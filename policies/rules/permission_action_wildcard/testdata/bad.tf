resource "aws_lambda_permission" "all" {
  function_name = "orders"
  action        = "lambda:*" # want "allows the wildcard action lambda:"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "some" {
  function_name = "orders"
  action        = "lambda:Update*" # want "allows the wildcard action lambda:Update"
  principal     = "111122223333"
}

resource "aws_lambda_permission" "star" {
  function_name = "orders"
  action        = "*" # want "allows the wildcard action"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}

resource "aws_lambda_permission" "single" {
  function_name = "orders"
  action        = "lambda:Invok?Function" # want "allows the wildcard action lambda:Invok"
  principal     = "111122223333"
}
