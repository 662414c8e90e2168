variable "password" {
  type = string
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule  = "nightly"
  arn   = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
  input = jsonencode({ password = var.password })
}

resource "aws_api_gateway_api_key" "client" {
  name  = "client"
  value = var.password
}
