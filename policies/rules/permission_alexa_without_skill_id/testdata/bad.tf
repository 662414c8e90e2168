resource "aws_lambda_permission" "skill" { # want "lets any Alexa skill"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "alexa-appkit.amazon.com"
}

resource "aws_lambda_permission" "home" { # want "lets any Alexa skill"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "alexa-connectedhome.amazon.com"
}
