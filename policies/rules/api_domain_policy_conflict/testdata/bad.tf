resource "aws_api_gateway_domain_name" "shop" {
  domain_name              = "shop.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a"
  security_policy          = "SecurityPolicy_TLS13_1_3_2025_09" # want "SecurityPolicy_TLS13_1_3_2025_09: a domain name with mutual TLS cannot have it"
  endpoint_access_mode     = "STRICT"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  mutual_tls_authentication {
    truststore_uri     = "s3://shop/clients.pem"
    truststore_version = "v1"
  }
}

resource "aws_api_gateway_domain_name" "web" {
  domain_name              = "web.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a"
  security_policy          = "SecurityPolicy_TLS13_1_2_2021_06" # want "aws_apigatewayv2_api.web cannot be mapped to a domain name with it"
  endpoint_access_mode     = "STRICT"

  endpoint_configuration {
    types = ["REGIONAL"]
  }
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api_mapping" "web" {
  api_id      = aws_apigatewayv2_api.web.id
  domain_name = aws_api_gateway_domain_name.web.domain_name
  stage       = "$default"
}
