resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id           = aws_apigatewayv2_api.web.id
  integration_type = "AWS_PROXY"
  integration_uri  = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
}

resource "aws_apigatewayv2_route" "orders" {
  api_id             = aws_apigatewayv2_api.web.id
  route_key          = "$default"
  target             = "integrations/${aws_apigatewayv2_integration.orders.id}"
  authorization_type = "NONE"
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.web.id
  route_key          = "$connect"
  target             = "integrations/${aws_apigatewayv2_integration.orders.id}"
  authorization_type = "AWS_IAM"
}

# Nothing reaches a backend.
resource "aws_apigatewayv2_api" "echo" {
  name          = "echo"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "echo" {
  api_id           = aws_apigatewayv2_api.echo.id
  integration_type = "MOCK"
}

resource "aws_apigatewayv2_route" "echo" {
  api_id    = aws_apigatewayv2_api.echo.id
  route_key = "$connect"
  target    = "integrations/${aws_apigatewayv2_integration.echo.id}"
}

resource "aws_apigatewayv2_route" "echoes" {
  api_id    = aws_apigatewayv2_api.echo.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.echo.id}"
}
