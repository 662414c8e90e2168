resource "aws_efs_access_point" "data" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 0 # want "aws_efs_access_point.data, which aws_lambda_function.orders mounts, has the POSIX user root"
    gid = 1000
  }

  root_directory {
    path = "/orders"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "777" # want "aws_efs_access_point.data, which aws_lambda_function.orders mounts, has a directory that all users can write: permissions 777"
    }
  }
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  file_system_config {
    arn              = aws_efs_access_point.data.arn
    local_mount_path = "/mnt/data"
  }

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}

resource "aws_efs_access_point" "all" { # want "aws_efs_access_point.all, which aws_lambda_function.refunds mounts, enforces no POSIX user"
  file_system_id = "fs-0123456789abcdef0"
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  file_system_config {
    arn              = aws_efs_access_point.all.arn
    local_mount_path = "/mnt/data"
  }

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
