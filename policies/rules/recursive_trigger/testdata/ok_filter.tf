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
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }

  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.second.arn}/*"]
  }

  statement {
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.third.arn}/*"]
  }

  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.news.arn]
  }
}

resource "aws_iam_role_policy" "worker" {
  role   = aws_iam_role.worker.id
  policy = data.aws_iam_policy_document.worker.json
}

resource "aws_s3_bucket" "uploads" {
  bucket = "shop-uploads"
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.worker.arn
    events              = ["s3:ObjectCreated:*"]
    filter_prefix       = "in/"
  }
}

resource "aws_s3_bucket" "second" {
  bucket = "shop-second"
}

resource "aws_s3_bucket_notification" "second" {
  bucket = aws_s3_bucket.second.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.worker.arn
    events              = ["s3:ObjectCreated:*"]
    filter_suffix       = ".jpg"
  }
}

resource "aws_s3_bucket" "third" {
  bucket = "shop-third"
}

resource "aws_s3_bucket_notification" "third" {
  bucket = aws_s3_bucket.third.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.worker.arn
    events              = ["s3:ObjectRemoved:*"]
  }
}

resource "aws_sns_topic" "news" {
  name = "news"
}

resource "aws_sns_topic_subscription" "news" {
  topic_arn     = aws_sns_topic.news.arn
  protocol      = "lambda"
  endpoint      = aws_lambda_function.worker.arn
  filter_policy = jsonencode({ kind = ["order"] })
}
