resource "aws_cognito_user_pool" "people" { # want "authorizes requests without MFA"
  name = "people"
}

resource "aws_api_gateway_authorizer" "people" {
  name          = "people"
  rest_api_id   = "a1b2c3d4e5"
  type          = "COGNITO_USER_POOLS"
  provider_arns = [aws_cognito_user_pool.people.arn]
}
