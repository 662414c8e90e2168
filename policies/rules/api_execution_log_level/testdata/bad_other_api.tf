variable "stage" {
  type = string
}


resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_rest_api" "other" {
  name = "other"
}

resource "aws_api_gateway_stage" "prod" { # want "writes no execution log: no logging level is set"
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = "d1"
  stage_name    = "prod"
}

resource "aws_api_gateway_method_settings" "all" {
  rest_api_id = aws_api_gateway_rest_api.other.id
  stage_name  = var.stage
  method_path = "*/*"

  settings {
    logging_level = "ERROR"
  }
}
