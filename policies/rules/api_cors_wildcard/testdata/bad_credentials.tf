resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins     = ["https://*"] # want "allows CORS requests from every website: the allowed origins contain https://\\*"
    allow_credentials = true
  }
}
