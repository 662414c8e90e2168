resource "aws_apigatewayv2_authorizer" "people" {
  name             = "people"
  api_id           = "a1b2c3d4e5"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = "https://login.example.com"
    audience = ["shop"]
  }
}

resource "aws_apigatewayv2_authorizer" "code" {
  name                              = "code"
  api_id                            = "a1b2c3d4e5"
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:authorize/invocations"
  authorizer_payload_format_version = "2.0"
}

resource "aws_api_gateway_authorizer" "token" {
  name           = "token"
  rest_api_id    = "a1b2c3d4e5"
  authorizer_uri = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:authorize/invocations"
}
