resource "aws_s3_bucket" "inbox" {
  bucket = "inbox"
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_lambda_permission" "inbox" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "sns.amazonaws.com" # want "principal sns.amazonaws.com does not invoke functions for a source ARN of the service s3"
  source_arn     = aws_s3_bucket.inbox.arn
  source_account = "111122223333"
}

resource "aws_lambda_permission" "shop" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com" # want "does not invoke functions for a source ARN of the service execute-api"
  source_arn    = "${aws_api_gateway_rest_api.shop.execution_arn}/*/GET/orders"
}
