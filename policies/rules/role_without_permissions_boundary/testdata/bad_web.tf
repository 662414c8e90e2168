variable "trust" {
  type = string
}

resource "aws_iam_role" "shop" { # want "aws_iam_role.shop has no permissions boundary"
  name               = "shop"
  assume_role_policy = var.trust
}

resource "aws_iam_role" "box" { # want "aws_iam_role.box has no permissions boundary"
  name               = "box"
  assume_role_policy = var.trust
}

resource "aws_lambdaweb_function_revision" "shop" {
  function_name = "shop"

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
    execution_role_arn = aws_iam_role.shop.arn
  }
}

resource "aws_lambdamicrovms_image" "box" {
  name           = "box"
  base_image_arn = "arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1"
  build_role_arn = aws_iam_role.box.arn

  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
}

resource "aws_lambdamicrovms_microvm" "box" {
  image_arn          = aws_lambdamicrovms_image.box.arn
  execution_role_arn = aws_iam_role.box.arn
}
