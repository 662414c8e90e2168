variable "logs" {
  type = list(string)
}


resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = "a1b2c3d4e5"
  deployment_id = "d1"
  stage_name    = "prod"

  dynamic "access_log_settings" {
    for_each = var.logs

    content {
      destination_arn = access_log_settings.value
      format          = "$context.requestId"
    }
  }
}
