variable "origins" {
  type = list(string)
}


resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = var.origins
  }
}
