resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_cloudwatch_log_group" "orders" {
  name       = "/aws/lambda/orders"
  kms_key_id = "arn:aws:kms:eu-west-1:123456789012:key/k"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "api"
}
