variable "mode" {
  type = string
}

resource "aws_lambda_function" "shop" {
  function_name = "shop"
  role          = "arn:aws:iam::123456789012:role/shop"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "shop.zip"
  tenancy_config {
    tenant_isolation_mode = var.mode
  }
}

resource "aws_lambda_event_source_mapping" "shop" {
  function_name    = aws_lambda_function.shop.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
}
