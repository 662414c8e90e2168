variable "audience" {
  type = list(string)
}

variable "type" {
  type = string
}

resource "aws_apigatewayv2_authorizer" "people" {
  name             = "people"
  api_id           = "a1b2c3d4e5"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.example.com"
    audience = var.audience
  }
}

resource "aws_apigatewayv2_authorizer" "any" {
  name            = "any"
  api_id          = "a1b2c3d4e5"
  authorizer_type = var.type
}
