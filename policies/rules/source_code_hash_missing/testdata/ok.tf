resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  source_code_hash = filebase64sha256("orders.zip")
}

resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::123456789012:role/image"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12"
}

resource "aws_lambda_function" "pinned" {
  function_name = "pinned"
  role          = "arn:aws:iam::123456789012:role/pinned"
  runtime       = "python3.13"
  handler       = "app.handler"
  s3_bucket     = "artifacts"
  s3_key        = "p.zip"
  s3_object_version = "v1"
}

resource "aws_lambda_function" "checked" {
  function_name = "checked"
  role          = "arn:aws:iam::123456789012:role/checked"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "checked.zip"
  code_sha256   = filebase64sha256("checked.zip")
}

resource "aws_lambda_layer_version" "shared" {
  layer_name       = "shared"
  filename         = "layer.zip"
  source_code_hash = filebase64sha256("layer.zip")
}
