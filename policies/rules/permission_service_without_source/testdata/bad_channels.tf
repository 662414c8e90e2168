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

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"] # want "aws_sqs_queue_policy.orders allows events.amazonaws.com to send to aws_sqs_queue.orders"
    }
  }
}

resource "aws_sqs_queue_policy" "orders" {
  queue_url = aws_sqs_queue.orders.id
  policy    = data.aws_iam_policy_document.queue.json
}

resource "aws_sns_topic" "returns" {
  name = "returns"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Action    = "sns:Publish"
      Resource  = "*"
      Principal = { Service = "s3.amazonaws.com" } # want "aws_sns_topic.returns triggers a function and allows s3.amazonaws.com"
    }]
  })
}

resource "aws_sns_topic_subscription" "returns" {
  topic_arn = aws_sns_topic.returns.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.orders.arn
}
