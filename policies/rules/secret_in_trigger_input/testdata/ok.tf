resource "aws_cloudwatch_event_target" "nightly" {
  rule  = "nightly"
  arn   = "arn:aws:lambda:eu-west-1:123456789012:function:orders"
  input = jsonencode({ full = true, passwordName = "orders/db" })
}

resource "aws_lambda_invocation" "migrate" {
  function_name = "orders"
  input         = jsonencode({ secretArn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf" })
}

resource "aws_api_gateway_api_key" "client" {
  name = "client"
}
