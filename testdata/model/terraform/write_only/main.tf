ephemeral "aws_secretsmanager_secret_version" "db" {
  secret_id = "db"
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  environment {
    variables = {
      PASSWORD = ephemeral.aws_secretsmanager_secret_version.db.secret_string
    }
  }
}

resource "aws_lambda_permission" "p" {
  function_name         = aws_lambda_function.f.function_name
  action                = "lambda:InvokeFunction"
  principal             = "alexa-appkit.amazon.com"
  event_source_token_wo = "literal"
}
