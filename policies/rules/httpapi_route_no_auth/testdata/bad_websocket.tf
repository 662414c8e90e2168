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
  route_key          = "$connect"
  target             = "integrations/${aws_apigatewayv2_integration.orders.id}"
  authorization_type = "NONE" # want "is public: its authorization type is NONE"
}

# Connections that the API accepts by itself can send messages, too.
resource "aws_apigatewayv2_api" "chat" {
  name          = "chat"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "accept" {
  api_id           = aws_apigatewayv2_api.chat.id
  integration_type = "MOCK"
}

resource "aws_apigatewayv2_integration" "chat" {
  api_id           = aws_apigatewayv2_api.chat.id
  integration_type = "AWS_PROXY"
  integration_uri  = "arn:aws:lambda:eu-west-1:123456789012:function:chat"
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.chat.id
  route_key          = "$connect"
  target             = "integrations/${aws_apigatewayv2_integration.accept.id}"
  authorization_type = "NONE" # want "route.connect is public: its authorization type is NONE"
}

resource "aws_apigatewayv2_route" "chat" {
  api_id    = aws_apigatewayv2_api.chat.id
  route_key = "send"
  target    = "integrations/${aws_apigatewayv2_integration.chat.id}"
}

resource "aws_apigatewayv2_api" "bare" { # want "api.bare is public: it accepts every connection, because it has no .connect route"
  name          = "bare"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "bare" {
  api_id           = aws_apigatewayv2_api.bare.id
  integration_type = "AWS_PROXY"
  integration_uri  = "arn:aws:lambda:eu-west-1:123456789012:function:bare"
}

resource "aws_apigatewayv2_route" "bare" {
  api_id    = aws_apigatewayv2_api.bare.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.bare.id}"
}
