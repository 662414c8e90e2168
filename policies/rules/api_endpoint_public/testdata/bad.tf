resource "aws_api_gateway_rest_api" "shop" { # want "is reachable from the internet"
  name = "shop"
}
