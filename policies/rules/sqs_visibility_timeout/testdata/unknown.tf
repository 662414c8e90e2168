variable "seconds" {
  type = number
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
  timeout       = var.seconds
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.worker.arn
}

resource "aws_lambda_function" "second" {
  function_name = "second"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
  timeout       = 900
}

resource "aws_sqs_queue" "returns" {
  name                       = "returns"
  visibility_timeout_seconds = var.seconds
}

data "aws_sqs_queue" "shared" {
  name = "shared"
}

resource "aws_lambda_event_source_mapping" "returns" {
  for_each         = toset([aws_sqs_queue.returns.arn, data.aws_sqs_queue.shared.arn])
  event_source_arn = each.value
  function_name    = aws_lambda_function.second.arn
}
