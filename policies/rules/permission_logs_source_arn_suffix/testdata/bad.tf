resource "aws_lambda_permission" "filter" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.eu-west-1.amazonaws.com"
  source_arn    = "arn:aws:logs:eu-west-1:111122223333:log-group:/app/orders" # want "never matches: its source ARN .* does not end with"
}
