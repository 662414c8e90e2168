resource "aws_api_gateway_rest_api" "shop" { # want "compresses no responses: no minimum compression size is set"
  name = "shop"
}
