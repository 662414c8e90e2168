resource "aws_lambda_permission" "account" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "444455556666" # want "lets account 444455556666 invoke"
}

resource "aws_lambda_permission" "role" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "arn:aws:iam::444455556666:role/caller" # want "lets account 444455556666 invoke"
}

resource "aws_lambda_permission" "root" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "arn:aws-cn:iam::444455556666:root" # want "lets account 444455556666 invoke"
}
