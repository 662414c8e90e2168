resource "aws_lambda_permission" "organization" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "*" # want "every account of organization"
  principal_org_id = "o-abcdefghij"
  source_arn       = "*"
}
