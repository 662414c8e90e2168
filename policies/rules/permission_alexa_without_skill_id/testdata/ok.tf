resource "aws_lambda_permission" "skill" {
  function_name      = "orders"
  action             = "lambda:InvokeFunction"
  principal          = "alexa-appkit.amazon.com"
  event_source_token = "amzn1.ask.skill.0a1b2c3d-1111-2222-3333-444455556666"
}

resource "aws_lambda_permission" "other" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
}
