resource "aws_s3_bucket" "artifacts" {
  bucket = "shop-artifacts"
}

resource "aws_s3_bucket_policy" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" } # want "rtifacts allows lambda.amazonaws.com to read objects without a source ARN"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::shop-artifacts/*"
    }]
  })
}
