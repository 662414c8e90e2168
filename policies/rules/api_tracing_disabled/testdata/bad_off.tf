resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1"
  stage_name    = "prod"
  xray_tracing_enabled = false # want "does not trace requests with X-Ray"
}
