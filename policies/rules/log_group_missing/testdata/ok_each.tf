locals {
  names = toset(["orders", "returns"])
}

resource "aws_lambda_function" "shop" {
  for_each      = local.names
  function_name = each.key
  role          = "arn:aws:iam::123456789012:role/shop"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "shop.zip"
}

resource "aws_cloudwatch_log_group" "shop" {
  for_each          = local.names
  name              = "/aws/lambda/${each.key}"
  retention_in_days = 30
}
