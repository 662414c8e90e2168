resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  logging_config {
    log_format = "JSON"
  }
}

resource "aws_lambda_function" "custom" {
  function_name = "custom"
  role          = "arn:aws:iam::123456789012:role/custom"
  runtime       = "provided.al2023"
  handler       = "app.handler"
  filename      = "custom.zip"
}

resource "aws_lambda_function" "ruby" {
  function_name = "ruby"
  role          = "arn:aws:iam::123456789012:role/ruby"
  runtime       = "ruby3.4"
  handler       = "app.handler"
  filename      = "ruby.zip"
}

resource "aws_lambda_function" "powertools" {
  function_name = "powertools"
  role          = "arn:aws:iam::123456789012:role/powertools"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "powertools.zip"

  environment {
    variables = {
      POWERTOOLS_SERVICE_NAME = "orders"
    }
  }
}

resource "aws_lambda_function" "layer" {
  function_name = "layer"
  role          = "arn:aws:iam::123456789012:role/layer"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "layer.zip"

  layers = ["arn:aws:lambda:eu-west-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python313-x86_64:7"]
}

resource "aws_lambda_function" "levels" {
  function_name = "levels"
  role          = "arn:aws:iam::123456789012:role/levels"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "levels.zip"

  logging_config {
    log_format       = "Text"
    system_log_level = "WARN"
  }
}

resource "aws_lambda_function" "image" {
  function_name = "image"
  role          = "arn:aws:iam::123456789012:role/image"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/image:1"
}
