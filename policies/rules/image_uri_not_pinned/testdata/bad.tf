resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders:1.4.0" # want "orders uses the image .*orders:1.4.0"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.orders.repository_url}:latest" # want "returns uses an image with the tag latest, which is not a digest"
}

resource "aws_ecr_repository" "orders" {
  name = "orders"
}
