resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12ab12"
  layers        = ["arn:aws:lambda:eu-west-1:123456789012:layer:shared:1"] # want "orders is a container image and has layers"
}

resource "aws_lambda_function" "zip" { # want "zip has no handler"
  function_name = "zip"
  role          = "arn:aws:iam::123456789012:role/zip"
  runtime       = "python3.13"
  filename      = "zip.zip"
}

resource "aws_lambda_function" "bare" { # want "bare has no runtime"
  function_name = "bare"
  role          = "arn:aws:iam::123456789012:role/bare"
  handler       = "app.handler"
  filename      = "bare.zip"
}
