resource "aws_api_gateway_deployment" "prod" { # want "writes no access log"
  rest_api_id = "a1b2c3d4e5"
  stage_name  = "prod"
}
