resource "aws_api_gateway_integration" "pay" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "HTTP_PROXY"
  integration_http_method = "POST"
  uri                     = "https://pay.example.com/orders"
}

resource "aws_api_gateway_integration" "lambda" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "GET"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:orders/invocations"
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "inside" {
  api_id             = aws_apigatewayv2_api.web.id
  integration_type   = "HTTP_PROXY"
  integration_method = "ANY"
  integration_uri    = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1/2"
  connection_type    = "VPC_LINK"
  connection_id      = "link1"

  tls_config {
    server_name_to_verify = "shop.example.com"
  }
}
