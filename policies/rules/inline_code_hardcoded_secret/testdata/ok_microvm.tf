resource "aws_lambdamicrovms_microvm" "box" {
  image_arn          = aws_lambdamicrovms_image.box.arn
  execution_role_arn = "arn:aws:iam::123456789012:role/box"
  run_hook_payload   = "{\"stage\": \"prod\"}"
}

resource "aws_lambdamicrovms_image" "box" {
  name           = "box"
  base_image_arn = "arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1"
  build_role_arn = "arn:aws:iam::123456789012:role/build"

  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
}
