variable "principal" {
  type = string
}

resource "aws_lambda_permission" "principal" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = var.principal
}
