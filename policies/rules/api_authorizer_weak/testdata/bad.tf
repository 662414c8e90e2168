resource "aws_apigatewayv2_authorizer" "people" { # want "accepts tokens that its issuer made for any application"
  name             = "people"
  api_id           = "a1b2c3d4e5"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer = "https://login.example.com"
  }
}

resource "aws_apigatewayv2_authorizer" "empty" {
  name             = "empty"
  api_id           = "a1b2c3d4e5"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.example.com"
    audience = [] # want "no audience is set"
  }
}
