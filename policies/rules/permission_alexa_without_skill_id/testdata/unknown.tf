variable "token" {
  type = string
}

variable "principal" {
  type = string
}

resource "aws_lambda_permission" "token" {
  function_name      = "orders"
  action             = "lambda:InvokeFunction"
  principal          = "alexa-appkit.amazon.com"
  event_source_token = var.token
}

resource "aws_lambda_permission" "principal" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = var.principal
}
