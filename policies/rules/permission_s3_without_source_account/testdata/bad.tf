resource "aws_lambda_permission" "uploads" { # want "allows s3.amazonaws.com to invoke the function without a source account"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::orders-uploads"
}

resource "aws_lambda_permission" "china" { # want "allows s3.amazonaws.com to invoke the function without a source account"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws-cn:s3:::orders-uploads"
}
