resource "aws_lambda_permission" "connected" {
  function_name      = "orders"
  action             = "lambda:InvokeFunction"
  principal          = "alexa-connectedhome.amazon.com"
  event_source_token = "8f3aC0xqPz17" # want "has a plaintext event source token"
}
