variable "principal" {
  type = string
}

variable "organization" {
  type = string
}

resource "aws_lambda_permission" "variable" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = var.principal
}

resource "aws_lambda_permission" "maybe_limited" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = var.organization
}
