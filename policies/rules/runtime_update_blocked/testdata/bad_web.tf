resource "aws_lambdaweb_function" "shop" {
  function_name = "shop"
}

resource "aws_lambdaweb_function_revision" "shop" {
  function_name = aws_lambdaweb_function.shop.function_name

  build_config {
    runtime_config {
      runtime = "python2.7" # want "aws_lambdaweb_function_revision.shop uses the runtime python2.7: Lambda rejects"
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
