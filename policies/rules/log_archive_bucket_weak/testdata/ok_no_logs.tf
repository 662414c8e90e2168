resource "aws_s3_bucket" "archive" {
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
