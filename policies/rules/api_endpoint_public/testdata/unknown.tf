variable "kind" {
  type = string
}


resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"

  endpoint_configuration {
    types = [var.kind]
  }
}
