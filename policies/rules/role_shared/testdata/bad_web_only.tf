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
    execution_role_arn = "arn:aws:iam::123456789012:role/shop" # want "Execution role arn:aws:iam::123456789012:role/shop is shared by aws_lambdaweb_function_revision.shop and aws_lambdaweb_function_revision.stock"
  }
}

resource "aws_lambdaweb_function" "stock" {
  function_name = "stock"
}

resource "aws_lambdaweb_function_revision" "stock" {
  function_name = aws_lambdaweb_function.stock.function_name

  build_config {
    runtime_config {
      runtime = "nodejs24.x"
    }

    code_config {
      s3_object {
        bucket     = "artifacts"
        key        = "stock.zip"
        version_id = "1"
      }
    }
  }

  service_config {
    execution_role_arn = "arn:aws:iam::123456789012:role/shop"
  }
}
