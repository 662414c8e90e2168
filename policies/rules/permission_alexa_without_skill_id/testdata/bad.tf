resource "aws_lambda_permission" "skill" { # want "allows alexa-.*.amazon.com to invoke the function for any Alexa skill"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "alexa-appkit.amazon.com"
}

resource "aws_lambda_permission" "home" { # want "allows alexa-.*.amazon.com to invoke the function for any Alexa skill"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "alexa-connectedhome.amazon.com"
}
