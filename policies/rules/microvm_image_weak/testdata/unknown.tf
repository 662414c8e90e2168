variable "capability" {
  type = string
}

resource "aws_lambdamicrovms_image" "box" {
  name                       = "box"
  base_image_arn             = "arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1"
  build_role_arn             = "arn:aws:iam::123456789012:role/build"
  additional_os_capabilities = [var.capability]

  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
}
