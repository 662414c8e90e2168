variable "principal" {
  type = string
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "shop-artifacts"
}

resource "aws_s3_bucket_policy" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = var.principal }
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::shop-artifacts/*"
    }]
  })
}
