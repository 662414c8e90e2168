ephemeral "aws_secretsmanager_secret_version" "token" {
  secret_id = "orders/token"
}

resource "aws_lambda_permission" "written" {
  function_name         = "orders"
  action                = "lambda:InvokeFunction"
  principal             = "alexa-connectedhome.amazon.com"
  event_source_token_wo = ephemeral.aws_secretsmanager_secret_version.token.secret_string
}
