resource "aws_lambdaweb_function" "shop" {
  function_name = "shop"

  tags = {
    deploy = "ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo" # want "shop has a secret in the tag deploy"
  }
}

resource "aws_lambdaweb_function_revision" "shop" {
  function_name = aws_lambdaweb_function.shop.function_name
  description   = "deployed with ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo" # want "shop has a secret in its description"

  build_config {
    runtime_config {
      runtime = "nodejs24.x"
    }

    code_config {
      s3_object {
        bucket = "artifacts"
        key    = "shop.zip"
      }
    }
  }

  service_config {
    execution_role_arn = "arn:aws:iam::123456789012:role/shop"
  }
}

resource "aws_lambdamicrovms_image" "box" {
  name           = "box"
  description    = "deployed with ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo" # want "box has a secret in its description"
  base_image_arn = "arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1"
  build_role_arn = "arn:aws:iam::123456789012:role/build"

  tags = {
    deploy = "ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo" # want "box has a secret in the tag deploy"
  }

  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
}
