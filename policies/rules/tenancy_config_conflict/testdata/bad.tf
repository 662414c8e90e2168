resource "aws_lambda_function" "shop" {
  function_name = "shop"
  role          = "arn:aws:iam::123456789012:role/shop"
  runtime       = "java21"
  handler       = "app.Handler"
  filename      = "shop.jar"
  publish       = true
  tenancy_config {
    tenant_isolation_mode = "PER_TENANT"
  }
  snap_start {
    apply_on = "PublishedVersions" # want "aws_lambda_function.shop has tenant isolation, which Lambda does not support together with SnapStart"
  }
}

resource "aws_lambda_provisioned_concurrency_config" "shop" {
  function_name                     = aws_lambda_function.shop.function_name # want "aws_lambda_provisioned_concurrency_config.shop gives provisioned concurrency to aws_lambda_function.shop, which has tenant isolation"
  qualifier                         = aws_lambda_function.shop.version
  provisioned_concurrent_executions = 1
}

resource "aws_lambda_function_url" "shop" {
  function_name      = aws_lambda_function.shop.function_name # want "aws_lambda_function_url.shop is a function URL of aws_lambda_function.shop"
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_event_source_mapping" "shop" {
  function_name    = aws_lambda_function.shop.arn # want "aws_lambda_event_source_mapping.shop invokes aws_lambda_function.shop without a tenant ID"
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
}

resource "aws_sns_topic_subscription" "shop" {
  topic_arn = "arn:aws:sns:eu-west-1:123456789012:orders"
  protocol  = "lambda"
  endpoint  = aws_lambda_function.shop.arn # want "aws_sns_topic_subscription.shop invokes aws_lambda_function.shop without a tenant ID"
}
