resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java21"
  handler       = "app.handler"
  filename      = "orders.zip"
  publish       = true

  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_kms_key" "own" {
  enable_key_rotation = true
}
