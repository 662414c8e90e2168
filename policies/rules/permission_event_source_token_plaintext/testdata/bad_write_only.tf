resource "aws_lambda_permission" "written" {
  function_name         = "orders"
  action                = "lambda:InvokeFunction"
  principal             = "alexa-connectedhome.amazon.com"
  event_source_token_wo = "8f3aC0xqPz17" # want "has a plaintext event source token"
}
