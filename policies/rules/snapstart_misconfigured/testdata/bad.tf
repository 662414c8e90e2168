resource "aws_lambda_function" "unpublished" {
  function_name = "unpublished"
  role          = "arn:aws:iam::123456789012:role/unpublished"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "unpublished.jar"
  snap_start {
    apply_on = "PublishedVersions" # want "aws_lambda_function.unpublished uses SnapStart .PublishedVersions., but no version is published: it starts without a snapshot"
  }
}

resource "aws_lambda_function" "runtime" {
  function_name = "runtime"
  role          = "arn:aws:iam::123456789012:role/runtime"
  runtime       = "nodejs24.x"
  handler       = "app.handler"
  filename      = "runtime.zip"
  publish       = true
  snap_start {
    apply_on = "PublishedVersions" # want "aws_lambda_function.runtime uses SnapStart .PublishedVersions., which Lambda does not support for the runtime nodejs24.x"
  }
}

resource "aws_lambda_function" "storage" {
  function_name = "storage"
  role          = "arn:aws:iam::123456789012:role/storage"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "storage.zip"
  publish       = true
  ephemeral_storage {
    size = 1024
  }
  snap_start {
    apply_on = "PublishedVersions" # want "does not support for 1024 MB of ephemeral storage"
  }
}

resource "aws_lambda_function" "files" {
  function_name = "files"
  role          = "arn:aws:iam::123456789012:role/files"
  runtime       = "dotnet10"
  handler       = "app"
  filename      = "files.zip"
  publish       = true
  file_system_config {
    arn              = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-1"
    local_mount_path = "/mnt/data"
  }
  snap_start {
    apply_on = "PublishedVersions" # want "does not support for functions with a file system"
  }
}

resource "aws_lambda_function" "warm" {
  function_name = "warm"
  role          = "arn:aws:iam::123456789012:role/warm"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "warm.jar"
  publish       = true
  snap_start {
    apply_on = "PublishedVersions" # want "does not support for functions with provisioned concurrency"
  }
}

resource "aws_lambda_provisioned_concurrency_config" "warm" {
  function_name                     = aws_lambda_function.warm.function_name
  qualifier                         = aws_lambda_function.warm.version
  provisioned_concurrent_executions = 1
}
