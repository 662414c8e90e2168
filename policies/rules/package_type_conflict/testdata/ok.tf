resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12"
}

resource "aws_lambda_function" "zip" {
  function_name = "zip"
  role          = "arn:aws:iam::123456789012:role/zip"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "zip.zip"
  layers        = ["arn:aws:lambda:eu-west-1:123456789012:layer:shared:1"]
}

# The provider does not send the handler and the runtime of a container image.
resource "aws_lambda_function" "unsent" {
  function_name = "unsent"
  role          = "arn:aws:iam::123456789012:role/unsent"
  runtime       = "nodejs14.x"
  handler       = "app.handler"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/unsent@sha256:ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12"
}
