resource "aws_cognito_user_pool" "people" {
  name              = "people"
  mfa_configuration = "OFF" # want "authorizes requests without MFA"
}

resource "aws_apigatewayv2_authorizer" "people" {
  name             = "people"
  api_id           = "a1b2c3d4e5"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = ["shop"]
    issuer   = "https://${aws_cognito_user_pool.people.endpoint}"
  }
}
