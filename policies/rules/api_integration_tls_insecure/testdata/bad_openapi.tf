resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
  body = jsonencode({
    openapi = "3.0.1"
    paths = {
      "/orders" = {
        get = {
          security = [{ iam = [] }]
          x-amazon-apigateway-integration = {
            type       = "http_proxy"
            httpMethod = "GET"
            uri        = "https://orders.example.com"
            tlsConfig  = { insecureSkipVerification = true } # want "does not verify"
          }
        }
      }
    }
    components = { securitySchemes = { iam = { type = "apiKey", x-amazon-apigateway-authtype = "awsSigv4" } } }
  })
}
