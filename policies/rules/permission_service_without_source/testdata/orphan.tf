# Another stack deploys the function.
resource "aws_lambda_permission" "topic" { # want "aws_lambda_permission.topic allows sns.amazonaws.com"
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = "sns.amazonaws.com"
}
