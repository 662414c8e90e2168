variable "source" {
  type = string
}

variable "account" {
  type = string
}

resource "aws_lambda_permission" "source" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = var.source
}

resource "aws_lambda_permission" "account" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "events.amazonaws.com"
  source_arn     = "arn:aws:events:*:*:rule/*"
  source_account = var.account
}
