resource "aws_lambda_permission" "short" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:*" # want "resources of any account"
}

# permission-public-principal reports it.
resource "aws_lambda_permission" "public" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  source_arn    = "*"
}
