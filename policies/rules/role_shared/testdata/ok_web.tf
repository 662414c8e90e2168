resource "aws_lambdaweb_function" "shop" {
  function_name = "shop"
}

resource "aws_lambdaweb_function_revision" "shop" {
  function_name = aws_lambdaweb_function.shop.function_name

  build_config {
    runtime_config {
      runtime = "nodejs24.x"
    }

    code_config {
      s3_object {
        bucket     = "artifacts"
        key        = "shop.zip"
        version_id = "1"
      }
    }
  }

  service_config {
    execution_role_arn = "arn:aws:iam::123456789012:role/shop"
  }
}

resource "aws_lambdaweb_function_revision" "previous" {
  function_name = aws_lambdaweb_function.shop.function_name

  build_config {
    runtime_config {
      runtime = "nodejs24.x"
    }

    code_config {
      s3_object {
        bucket     = "artifacts"
        key        = "shop.zip"
        version_id = "0"
      }
    }
  }

  service_config {
    execution_role_arn = "arn:aws:iam::123456789012:role/shop"
  }
}
