resource "aws_apigatewayv2_stage" "prod" {
  api_id = "a1b2c3d4e5"
  name   = "prod"

  default_route_settings {
    data_trace_enabled = true # want "logs full requests and responses"
  }
}
