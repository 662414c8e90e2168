resource "aws_lambda_function" "worker" {
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

resource "aws_lambda_function_event_invoke_config" "worker" { # want "aws_lambda_function_event_invoke_config.worker sets neither the number of retries nor the age of events"
  function_name = aws_lambda_function.worker.function_name
  destination_config {
    on_failure {
      destination = "arn:aws:sqs:eu-west-1:123456789012:failed"
    }
  }
}
