# A container image contains its own runtime, and an unknown runtime is not flagged.
resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::123456789012:role/image"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.0"
}

resource "aws_lambda_function" "future" {
  function_name = "future"
  role          = "arn:aws:iam::123456789012:role/future"
  runtime       = "nodejs26.x"
  handler       = "app.handler"
  filename      = "future.zip"
}
