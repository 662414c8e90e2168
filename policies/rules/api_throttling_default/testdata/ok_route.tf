resource "aws_apigatewayv2_stage" "prod" {
  api_id      = "a1b2c3d4e5"
  name        = "$default"
  auto_deploy = true

  route_settings {
    route_key             = "GET /orders"
    throttling_rate_limit = 10
  }
}
