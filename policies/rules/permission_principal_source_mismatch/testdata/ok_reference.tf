variable "topic_arn" {
  type = string
}

resource "aws_s3_bucket" "inbox" {
  bucket = "inbox"
}

resource "aws_cloudwatch_log_group" "app" {
  name = "/app"
}

resource "aws_lambda_permission" "inbox" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "s3.amazonaws.com"
  source_arn     = aws_s3_bucket.inbox.arn
  source_account = "111122223333"
}

resource "aws_lambda_permission" "logs" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.eu-west-1.amazonaws.com"
  source_arn    = "${aws_cloudwatch_log_group.app.arn}:*"
}

# The role of another account reads the bucket.
resource "aws_lambda_permission" "account" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "111122223333"
  source_arn    = aws_s3_bucket.inbox.arn
}

resource "aws_lambda_permission" "given" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = var.topic_arn
}
