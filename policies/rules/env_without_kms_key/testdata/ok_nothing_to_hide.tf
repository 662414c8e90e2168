# No environment, with and without a key, and variables that only configure tools.
resource "aws_lambda_function" "plain" {
  function_name = "plain"
  role          = "arn:aws:iam::123456789012:role/plain"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "plain.zip"
}

resource "aws_lambda_function" "snapshot" {
  function_name = "snapshot"
  role          = "arn:aws:iam::123456789012:role/snapshot"
  runtime       = "java25"
  handler       = "app.Handler"
  filename      = "snapshot.zip"
  kms_key_arn   = "arn:aws:kms:eu-west-1:123456789012:key/0b4e1c2d-5f60-4718-8a9b-c0d1e2f3a4b5"
  publish       = true

  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_function" "tools" {
  function_name = "tools"
  role          = "arn:aws:iam::123456789012:role/tools"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "tools.zip"

  environment {
    variables = {
      LOG_LEVEL               = "INFO"
      POWERTOOLS_SERVICE_NAME = "orders"
      NODE_OPTIONS            = "--enable-source-maps"
    }
  }
}
