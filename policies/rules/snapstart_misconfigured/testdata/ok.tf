resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "orders.jar"
  publish       = true
  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_function" "aliased" {
  function_name = "aliased"
  role          = "arn:aws:iam::123456789012:role/aliased"
  runtime       = "python3.12"
  handler       = "app.handler"
  filename      = "aliased.zip"
  snap_start {
    apply_on = "PublishedVersions"
  }
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.aliased.function_name
  function_version = "7"
}

resource "aws_lambda_function" "off" {
  function_name = "off"
  role          = "arn:aws:iam::123456789012:role/off"
  runtime       = "nodejs24.x"
  handler       = "app.handler"
  filename      = "off.zip"
  snap_start {
    apply_on = "None"
  }
}

resource "aws_lambda_function" "latest" {
  function_name = "latest"
  role          = "arn:aws:iam::123456789012:role/latest"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "latest.jar"
  publish_to    = "LATEST_PUBLISHED"
  snap_start {
    apply_on = "PublishedVersions"
  }
}
