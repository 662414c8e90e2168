resource "aws_efs_access_point" "data" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = 1000
    gid = 1000
  }

  root_directory {
    path = "/orders"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "750"
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

# No function mounts it.
resource "aws_efs_access_point" "all" {
  file_system_id = "fs-0123456789abcdef0"
}

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  file_system_config {
    arn              = "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0"
    local_mount_path = "/mnt/data"
  }

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
