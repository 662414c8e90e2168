variable "unknown" {}
variable "file_systems" {
  default = [{ arn = "arn:a", path = "/mnt/a" }, { arn = "arn:b", path = "/mnt/b" }]
}

resource "aws_lambda_function" "f" {
  function_name = "f"

  dynamic "file_system_config" {
    for_each = var.file_systems
    iterator = fs
    content {
      arn              = fs.value.arn
      local_mount_path = fs.value.path
    }
  }

  dynamic "tracing_config" {
    for_each = var.unknown ? [1] : []
    content {
      mode = "Active"
    }
  }

  dynamic "vpc_config" {
    for_each = []
    content {
      subnet_ids = ["never"]
    }
  }
}

resource "aws_cloudfront_distribution" "edge" {
  default_cache_behavior {
    dynamic "lambda_function_association" {
      for_each = { "viewer-request" = aws_lambda_function.f.qualified_arn }
      content {
        event_type = lambda_function_association.key
        lambda_arn = lambda_function_association.value
      }
    }
  }
}
