resource "aws_lambda_function" "game" {
  function_name = "game"
  role          = "arn:aws:iam::123456789012:role/game"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "game.zip"
}

resource "aws_apigatewayv2_api" "socket" {
  name          = "socket"
  protocol_type = "WEBSOCKET"
}

resource "aws_apigatewayv2_integration" "game" {
  api_id           = aws_apigatewayv2_api.socket.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.game.invoke_arn
}

resource "aws_apigatewayv2_route" "game" {
  api_id    = aws_apigatewayv2_api.socket.id
  route_key = "game"
  target    = "integrations/${aws_apigatewayv2_integration.game.id}"
}

resource "aws_apigatewayv2_route" "connect" {
  api_id             = aws_apigatewayv2_api.socket.id
  route_key          = "$connect"
  target             = "integrations/${aws_apigatewayv2_integration.game.id}"
  authorization_type = "AWS_IAM"
}
