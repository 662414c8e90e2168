variable "principal" {
  type = string
}

variable "bucket_arn" {
  type = string
}

resource "aws_s3_bucket" "orders" {
  bucket_prefix = "orders-"
}

resource "aws_lambda_permission" "variable" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = var.principal
}

resource "aws_lambda_permission" "source" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = var.bucket_arn
}

resource "aws_lambda_permission" "reference" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = aws_s3_bucket.orders.arn
}
