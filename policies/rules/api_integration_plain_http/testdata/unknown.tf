variable "uri" {
  type = string
}

variable "connection" {
  type = string
}

resource "aws_api_gateway_integration" "pay" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "HTTP_PROXY"
  integration_http_method = "POST"
  uri                     = var.uri
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "inside" {
  api_id           = aws_apigatewayv2_api.web.id
  integration_type = "HTTP_PROXY"
  integration_uri  = var.uri
  connection_type  = var.connection
}
