resource "aws_api_gateway_integration" "orders" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "r1"
  http_method             = "GET"
  type                    = "AWS_PROXY"
  integration_http_method = "GET"
  uri                     = "https://orders.example.com"

  tls_config {
    insecure_skip_verification = true
  }
}
