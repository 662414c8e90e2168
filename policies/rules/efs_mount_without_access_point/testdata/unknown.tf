variable "uid" {
  type = number
}

variable "path" {
  type = string
}

variable "access_point" {
  type = string
}

resource "aws_efs_access_point" "data" {
  file_system_id = "fs-0123456789abcdef0"

  posix_user {
    uid = var.uid
    gid = 1000
  }

  root_directory {
    path = "${var.path}"

    creation_info {
      owner_uid   = 1000
      owner_gid   = 1000
      permissions = "${var.path}"
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

resource "aws_lambda_function" "refunds" {
  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  file_system_config {
    arn              = var.access_point
    local_mount_path = "/mnt/data"
  }

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
