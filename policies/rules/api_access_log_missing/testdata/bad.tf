resource "aws_api_gateway_stage" "prod" { # want "writes no access log"
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1"
  stage_name    = "prod"
}

resource "aws_apigatewayv2_stage" "prod" { # want "writes no access log"
  api_id      = "a1b2c3d4e5"
  name        = "$default"
  auto_deploy = true
}
