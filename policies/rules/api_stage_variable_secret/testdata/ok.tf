resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3"
  deployment_id = "d1"
  stage_name    = "prod"

  variables = {
    tokenUrl   = "https://login.example.com/token"
    function   = "orders"
    apiKeyName = "orders"
  }
}
