resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3"
  deployment_id = "d1"
  stage_name    = "prod"

  variables = {
    backendToken = "ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo" # want "has a secret in stage variable backendToken: .* github-pat"
    dbPassword   = "Winter-in-Bergen-04" # want "has a secret in stage variable dbPassword: it is named like a secret"
  }
}
