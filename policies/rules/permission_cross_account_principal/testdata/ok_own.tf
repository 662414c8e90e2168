data "aws_caller_identity" "current" {}

resource "aws_lambda_permission" "own" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = data.aws_caller_identity.current.account_id
}
