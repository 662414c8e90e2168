resource "aws_lambda_permission" "uploads" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::orders-uploads"
}

resource "aws_lambda_permission" "china" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws-cn:s3:::orders-uploads"
}
