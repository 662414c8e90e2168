resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_sqs_queue" "failed" {
  name                 = "failed"
  redrive_allow_policy = jsonencode({ redrivePermission = "byQueue", sourceQueueArns = [aws_sqs_queue.orders.arn] })
}

resource "aws_sqs_queue" "orders" {
  name           = "orders"
  redrive_policy = jsonencode({ deadLetterTargetArn = "arn:aws:sqs:eu-west-1:123456789012:failed", maxReceiveCount = 5 })
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
}

# A function processes what failed.
resource "aws_lambda_event_source_mapping" "failed" {
  event_source_arn = aws_sqs_queue.failed.arn
  function_name    = aws_lambda_function.worker.arn
}

resource "aws_sqs_queue" "returns" {
  name = "returns"
}

resource "aws_lambda_event_source_mapping" "returns" {
  event_source_arn = aws_sqs_queue.returns.arn
  function_name    = aws_lambda_function.worker.arn
}

resource "aws_sqs_queue_redrive_policy" "returns" {
  queue_url      = aws_sqs_queue.returns.id
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn, maxReceiveCount = 5 })
}

resource "aws_sqs_queue" "dead" {
  name = "dead"
}

resource "aws_lambda_event_source_mapping" "dead" {
  event_source_arn = aws_sqs_queue.dead.arn
  function_name    = aws_lambda_function.worker.arn
}

# Nothing reads the queue.
resource "aws_sqs_queue" "archive" {
  name = "archive"
}
