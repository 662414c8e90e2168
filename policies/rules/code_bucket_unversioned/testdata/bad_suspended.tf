resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = aws_s3_bucket.artifacts.id
  s3_key        = "orders.zip"
}

resource "aws_s3_bucket" "artifacts" {
  bucket = "shop-artifacts"
}

resource "aws_s3_bucket_versioning" "artifacts" {
  bucket = aws_s3_bucket.artifacts.id

  versioning_configuration {
    status = "Suspended" # want "keeps no versions of objects: versioning is Suspended"
  }
}
