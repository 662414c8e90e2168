data "aws_region" "here" {}

resource "aws_lambda_permission" "rules" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:${data.aws_region.here.name}:*:rule/*" # want "the source ARN ends with :\\*:rule/\\*"
}
