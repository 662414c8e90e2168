resource "aws_cloudwatch_log_group" "orders" {
  name            = "/aws/lambda/orders"
  log_group_class = "DELIVERY"
}

resource "aws_cloudwatch_log_account_policy" "archive" {
  policy_name = "archive"
  policy_type = "SUBSCRIPTION_FILTER_POLICY"
  policy_document = jsonencode({
    DestinationArn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/archive"
    FilterPattern  = ""
  })
}
