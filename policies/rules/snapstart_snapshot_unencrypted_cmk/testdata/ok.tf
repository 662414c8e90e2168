resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "orders.jar"
  publish       = true
  kms_key_arn   = "arn:aws:kms:eu-west-1:123456789012:key/0b4e1c2d-5f60-4718-8a9b-c0d1e2f3a4b5"
  snap_start {
    apply_on = "PublishedVersions"
  }
}

# env-without-kms-key reports it.
resource "aws_lambda_function" "variables" {
  function_name = "variables"
  role          = "arn:aws:iam::123456789012:role/variables"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "variables.jar"
  publish       = true
  environment {
    variables = { TABLE = "orders" }
  }
  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_function" "off" {
  function_name = "off"
  role          = "arn:aws:iam::123456789012:role/off"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "off.jar"
}
