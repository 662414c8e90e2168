resource "aws_cognito_user_pool" "people" {
  name = "people"

  mfa_configuration = "ON"

  software_token_mfa_configuration {
    enabled = true
  }

  password_policy {
    minimum_length = 6 # want "accepts passwords of 6 characters"
  }
}

resource "aws_api_gateway_authorizer" "people" {
  name          = "people"
  rest_api_id   = "a1b2c3d4e5"
  type          = "COGNITO_USER_POOLS"
  provider_arns = [aws_cognito_user_pool.people.arn]
}
