variable "token" {
  type = string
}

resource "aws_lambda_permission" "token" {
  function_name      = "orders"
  action             = "lambda:InvokeFunction"
  principal          = "alexa-connectedhome.amazon.com"
  event_source_token = var.token
}
