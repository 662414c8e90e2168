variable "key" {
  type = string
}

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
  api_id    = aws_apigatewayv2_api.web.id
  route_key = "$default"
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}

# The route can be $connect.
resource "aws_apigatewayv2_route" "other" {
  api_id    = aws_apigatewayv2_api.web.id
  route_key = var.key
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}
