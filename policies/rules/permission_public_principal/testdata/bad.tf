resource "aws_lambda_permission" "everyone" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*" # want "aws_lambda_permission.everyone is public: its principal is [*]"
}

resource "aws_lambda_permission" "every_root" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "arn:aws:iam::*:root" # want "is public: its principal is arn"
}

resource "aws_lambda_permission" "null_source" {
  function_name = "orders"
  action        = "lambda:*"
  principal     = "*" # want "aws_lambda_permission.null_source"
  source_arn    = null
}
