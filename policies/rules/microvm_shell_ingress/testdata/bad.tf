data "aws_region" "current" {}

resource "aws_lambdamicrovms_microvm" "box" {
  image_arn                  = aws_lambdamicrovms_image.box.arn
  ingress_network_connectors = ["arn:aws:lambda:us-east-1:aws:network-connector:aws-network-connector:SHELL_INGRESS"] # want "microvm.box accepts shell sessions: its ingress connector is arn:.*SHELL_INGRESS"
}

resource "aws_lambdamicrovms_microvm" "all" {
  image_identifier           = aws_lambdamicrovms_image.box.arn
  ingress_network_connectors = ["arn:aws:lambda:${data.aws_region.current.region}:aws:network-connector:aws-network-connector:ALL_INGRESS"] # want "microvm.all accepts shell sessions: its ingress connector ends with ALL_INGRESS"
}

resource "aws_lambdamicrovms_image" "box" {
  name           = "box"
  base_image_arn = "arn:aws:lambda:us-east-1:aws:microvm-image:al2023-1"
  build_role_arn = "arn:aws:iam::123456789012:role/build"

  code_artifact {
    uri = "s3://artifacts/box.zip"
  }
}
