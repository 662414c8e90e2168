variable "stage" {
  type = string
}

resource "aws_api_gateway_integration" "pay" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "HTTP_PROXY"
  integration_http_method = "POST"
  uri                     = "http://${var.stage}.example.com/orders" # want "its URI starts with http://"
}
