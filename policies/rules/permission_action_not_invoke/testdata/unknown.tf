variable "action" {
  type = string
}

resource "aws_lambda_permission" "action" {
  function_name = "orders"
  action        = var.action
  principal     = "111122223333"
}
