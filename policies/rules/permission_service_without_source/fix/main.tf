resource "aws_lambda_permission" "bucket" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
}

resource "aws_lambda_permission" "logs" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.eu-west-1.amazonaws.com"
}

resource "aws_lambda_permission" "china" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com.cn"
}

resource "aws_lambda_permission" "null_source" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = null
}
