resource "aws_s3_bucket" "archive" { # want "aws_s3_bucket.archive contains archived logs and keeps no versions of objects"
  bucket = "archive"
}

resource "aws_kinesis_firehose_delivery_stream" "archive" {
  name        = "archive"
  destination = "extended_s3"

  extended_s3_configuration {
    role_arn   = "arn:aws:iam::123456789012:role/archive"
    bucket_arn = aws_s3_bucket.archive.arn
  }
}

resource "aws_cloudwatch_log_subscription_filter" "archive" {
  name            = "archive"
  log_group_name  = "/aws/lambda/orders"
  filter_pattern  = ""
  destination_arn = aws_kinesis_firehose_delivery_stream.archive.arn
}

resource "aws_s3_bucket" "open" {
  bucket              = "open"
  object_lock_enabled = true
}

resource "aws_s3_bucket_acl" "open" {
  bucket = aws_s3_bucket.open.id
  acl    = "public-read" # want "aws_s3_bucket.open contains archived logs and is public: the ACL is public-read"
}

resource "aws_cloudwatch_log_delivery_destination" "open" {
  name = "open"

  delivery_destination_configuration {
    destination_resource_arn = aws_s3_bucket.open.arn
  }
}
