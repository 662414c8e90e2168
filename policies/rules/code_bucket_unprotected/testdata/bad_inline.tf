# Older providers have the ACL and the policy in the bucket.
resource "aws_lambda_layer_version" "shared" {
  layer_name = "shared"
  s3_bucket  = aws_s3_bucket.artifacts.bucket
  s3_key     = "layer.zip"
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "shop-artifacts"
  acl    = "public-read" # want "aws_s3_bucket.artifacts contains the package of a function or layer and is public: the ACL is public-read"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # want "is public: Principal is [*]"
      Action    = "s3:GetObject"
      Resource  = "arn:aws:s3:::shop-artifacts/*"
    }]
  })
}
