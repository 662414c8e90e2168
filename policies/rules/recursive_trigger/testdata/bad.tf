resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = aws_iam_role.worker.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "worker.zip"
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]
  }

  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }

  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.news.arn]
  }

  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.orders.arn]
  }
}

resource "aws_iam_role_policy" "worker" {
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = aws_sqs_queue.orders.arn # want "can trigger aws_lambda_function.worker in a loop: its role allows sqs:SendMessage on aws_sqs_queue.orders"
}

resource "aws_s3_bucket" "uploads" {
  bucket = "shop-uploads"
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.worker.arn # want "can trigger aws_lambda_function.worker in a loop: its role allows s3:PutObject on aws_s3_bucket.uploads"
    events              = ["s3:ObjectCreated:*"]
  }
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn = aws_sns_topic.news.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.worker.arn # want "can trigger aws_lambda_function.worker in a loop: its role allows sns:Publish on aws_sns_topic.news"
}

resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  stream_enabled = true
}

resource "aws_lambda_event_source_mapping" "table" {
  function_name     = aws_lambda_function.worker.arn
  event_source_arn  = aws_dynamodb_table.orders.stream_arn # want "can trigger aws_lambda_function.worker in a loop: its role allows dynamodb:PutItem and dynamodb:UpdateItem on aws_dynamodb_table.orders"
  starting_position = "LATEST"
}
