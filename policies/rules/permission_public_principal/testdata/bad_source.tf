resource "aws_lambda_permission" "public" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*" # want "its source ARN is "
  source_arn    = "*"
}
