variable "size" {
  type = number
}

variable "types" {
  type = list(string)
}

resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/worker"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
  batch_size       = var.size
}

resource "aws_lambda_event_source_mapping" "types" {
  function_name           = aws_lambda_function.worker.arn
  event_source_arn        = "arn:aws:sqs:eu-west-1:123456789012:orders"
  function_response_types = var.types
}
