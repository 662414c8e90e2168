variable "kind" {
  type = string
}


resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = "d1"
  stage_name    = "prod"
}

resource "aws_api_gateway_integration" "pay" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = var.kind
  integration_http_method = "POST"
  uri                     = "https://pay.example.com"
}
