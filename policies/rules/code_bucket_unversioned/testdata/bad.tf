resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = aws_s3_bucket.artifacts.id
  s3_key        = "orders.zip"
}

resource "aws_s3_bucket" "artifacts" { # want "rtifacts contains the package of a function or layer and keeps no versions of objects"
  bucket = "shop-artifacts"
}
