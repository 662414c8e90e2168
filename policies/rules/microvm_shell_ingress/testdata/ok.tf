resource "aws_lambdamicrovms_microvm" "box" {
  image_arn                  = aws_lambdamicrovms_image.box.arn
  ingress_network_connectors = ["arn:aws:lambda:us-east-1:aws:network-connector:aws-network-connector:NO_INGRESS"]
}

resource "aws_lambdamicrovms_microvm" "web" {
  image_arn                  = aws_lambdamicrovms_image.box.arn
  ingress_network_connectors = ["arn:aws:lambda:us-east-1:aws:network-connector:aws-network-connector:HTTP_INGRESS"]
}

resource "aws_lambdamicrovms_microvm" "plain" {
  image_arn = aws_lambdamicrovms_image.box.arn
}

resource "aws_lambdamicrovms_image" "box" {
  name           = "box"
  base_image_arn = "arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1"
  build_role_arn = "arn:aws:iam::123456789012:role/build"

  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
}
