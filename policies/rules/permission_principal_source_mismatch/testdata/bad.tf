resource "aws_lambda_permission" "topic" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com" # want "principal events.amazonaws.com does not invoke functions for source ARN arn:aws:sns"
  source_arn    = "arn:aws:sns:eu-west-1:111122223333:orders"
}

resource "aws_lambda_permission" "api" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "lambda.amazonaws.com" # want "never matches"
  source_arn    = "arn:aws:execute-api:eu-west-1:111122223333:abc123/*/*"
}
