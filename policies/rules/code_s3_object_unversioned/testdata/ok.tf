resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "orders.zip"
  s3_object_version = "v1"
}

resource "aws_lambda_function" "hashed" {
  function_name = "hashed"
  role          = "arn:aws:iam::123456789012:role/hashed"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "hashed.zip"
  source_code_hash = filebase64sha256("hashed.zip")
}
