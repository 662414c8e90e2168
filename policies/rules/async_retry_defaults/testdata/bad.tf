resource "aws_lambda_function" "worker" { # want "aws_lambda_function.worker retries failed events from s3.amazonaws.com twice, for up to six hours"
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = "shop-uploads"
  lambda_function {
    lambda_function_arn = aws_lambda_function.worker.arn
    events              = ["s3:ObjectCreated:*"]
  }
}
