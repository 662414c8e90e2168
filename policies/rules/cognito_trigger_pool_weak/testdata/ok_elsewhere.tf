resource "aws_cognito_user_pool" "people" {
  name = "people"
}
