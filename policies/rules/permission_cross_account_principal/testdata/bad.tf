resource "aws_lambda_permission" "account" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "444455556666" # want "allows cross-account invocation by .*444455556666"
}

resource "aws_lambda_permission" "role" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "arn:aws:iam::444455556666:role/caller" # want "allows cross-account invocation by .*444455556666"
}

resource "aws_lambda_permission" "root" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "arn:aws-cn:iam::444455556666:root" # want "allows cross-account invocation by .*444455556666"
}
