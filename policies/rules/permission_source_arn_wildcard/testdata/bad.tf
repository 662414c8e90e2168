resource "aws_lambda_permission" "everything" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "*" # want "the source ARN is"
}

resource "aws_lambda_permission" "any_rule" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:*:*:rule/*" # want "resources of any account"
}

resource "aws_lambda_permission" "any_topic" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = "arn:aws:sns:eu-west-1:*:orders" # want "resources of any account"
}

resource "aws_lambda_permission" "any_bucket" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "s3.amazonaws.com"
  source_arn    = "arn:aws:s3:::*" # want "resources of any account"
}
