resource "aws_lambda_permission" "organization" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "*" # want "from every account of organization o-a1b2c3d4e5"
  principal_org_id = "o-a1b2c3d4e5"
}
