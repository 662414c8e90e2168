resource "aws_lambda_permission" "topic" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:sns:eu-west-1:111122223333:orders"
}

resource "aws_lambda_permission" "api" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "lambda.amazonaws.com"
  source_arn    = "arn:aws:execute-api:eu-west-1:111122223333:abc123/*/*"
}
