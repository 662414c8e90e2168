resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_authorizer" "people" {
  name            = "people"
  rest_api_id     = aws_api_gateway_rest_api.shop.id
  type            = "REQUEST"
  authorizer_uri  = aws_lambda_function.people.invoke_arn
  identity_source = "method.request.header.Authorization,method.request.querystring.tenant, method.request.querystring.nextToken"
}

# Browsers cannot send headers with WebSocket connections.
resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_apigatewayv2_authorizer" "chat" {
  name             = "chat"
  api_id           = aws_apigatewayv2_api.chat.id
  authorizer_type  = "REQUEST"
  authorizer_uri   = aws_lambda_function.people.invoke_arn
  identity_sources = ["route.request.querystring.token"]
}

resource "aws_lambda_function" "people" {
  function_name = "people"
  role          = "arn:aws:iam::111122223333:role/people"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "people.zip"
}
