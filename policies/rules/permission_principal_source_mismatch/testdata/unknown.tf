variable "principal" {
  type = string
}

variable "source" {
  type = string
}

resource "aws_lambda_permission" "principal" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = var.principal
  source_arn    = "arn:aws:sns:eu-west-1:111122223333:orders"
}

resource "aws_lambda_permission" "source" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = var.source
}
