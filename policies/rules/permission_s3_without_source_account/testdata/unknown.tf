variable "account" {
  type = string
}

variable "principal" {
  type = string
}

resource "aws_lambda_permission" "account" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = "arn:aws:s3:::orders-uploads"
  source_account = var.account
}

resource "aws_lambda_permission" "principal" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = var.principal
  source_arn    = "arn:aws:s3:::orders-uploads"
}
