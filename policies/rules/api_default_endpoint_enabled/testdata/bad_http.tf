resource "aws_apigatewayv2_api" "web" { # want "is reachable at its default endpoint beside its custom domain name"
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api_mapping" "web" {
  api_id      = aws_apigatewayv2_api.web.id
  domain_name = "web.example.com"
  stage       = "$default"
}
