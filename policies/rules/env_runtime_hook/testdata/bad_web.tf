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

    environment_variables = {
      LD_PRELOAD = "/tmp/hook.so" # want "aws_lambdaweb_function_revision.shop loads code from /tmp, which earlier invocations can write: LD_PRELOAD is /tmp/hook.so"
      STAGE      = "prod"
    }
  }
}

resource "aws_lambdamicrovms_image" "box" {
  name           = "box"
  base_image_arn = "arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1"
  build_role_arn = "arn:aws:iam::123456789012:role/build"

  environment_variables = {
    LD_PRELOAD = "/tmp/hook.so" # want "aws_lambdamicrovms_image.box loads code from /tmp, which earlier invocations can write: LD_PRELOAD is /tmp/hook.so"
    STAGE      = "prod"
  }

  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
}
