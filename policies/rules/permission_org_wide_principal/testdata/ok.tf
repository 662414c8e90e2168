resource "aws_lambda_permission" "account" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "111122223333"
  principal_org_id = "o-a1b2c3d4e5"
}

resource "aws_lambda_permission" "rule" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
  source_arn       = "arn:aws:events:eu-west-1:111122223333:rule/nightly"
}

resource "aws_lambda_permission" "anyone" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*"
}
