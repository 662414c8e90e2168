# The code of a container image is found through the resource that builds it.
resource "docker_image" "orders" {
  name = "orders"

  build {
    context    = "${path.module}/app"
    dockerfile = "Dockerfile"
    target     = "final"
    build_args = { VERSION = "3.13" }
  }
}

resource "docker_registry_image" "orders" {
  name = docker_image.orders.name
}

# The provider before version 3 builds what it pushes.
resource "docker_registry_image" "other" {
  name = "other"

  build {
    context   = "${path.module}/app"
    build_arg = { VERSION = "3.13" }
  }
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  package_type  = "Image"
  image_uri     = docker_registry_image.orders.name
}

resource "aws_lambda_function" "digest" {
  function_name = "digest"
  role          = "arn:aws:iam::111122223333:role/orders"
  package_type  = "Image"
  image_uri     = "example.com/other@${docker_registry_image.other.sha256_digest}"

  image_config {
    command = ["other.handler"]
  }
}

resource "aws_lambda_function" "elsewhere" {
  function_name = "elsewhere"
  role          = "arn:aws:iam::111122223333:role/orders"
  package_type  = "Image"
  image_uri     = "example.com/elsewhere:1"
}
