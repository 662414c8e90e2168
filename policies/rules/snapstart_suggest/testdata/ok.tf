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

resource "aws_lambda_function" "old" {
  function_name = "old"
  role          = "arn:aws:iam::123456789012:role/old"
  runtime       = "java8.al2"
  handler       = "app.Handler"
  filename      = "old.jar"
}

resource "aws_lambda_function" "storage" {
  function_name = "storage"
  role          = "arn:aws:iam::123456789012:role/storage"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "storage.jar"
  ephemeral_storage {
    size = 2048
  }
}

resource "aws_lambda_function" "warm" {
  function_name = "warm"
  role          = "arn:aws:iam::123456789012:role/warm"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "warm.jar"
  publish       = true
}

resource "aws_lambda_provisioned_concurrency_config" "warm" {
  function_name                     = aws_lambda_function.warm.function_name
  qualifier                         = aws_lambda_function.warm.version
  provisioned_concurrent_executions = 1
}
