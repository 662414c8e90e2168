resource "aws_api_gateway_integration" "pay" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "HTTP_PROXY"
  integration_http_method = "POST"
  uri                     = "http://pay.example.com/orders" # want "sends requests in clear text: its URI is http://pay.example.com/orders"
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "inside" { # want "sends requests in clear text through its VPC link"
  api_id             = aws_apigatewayv2_api.web.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1/2"
  connection_type    = "VPC_LINK"
  connection_id      = "link1"
}
