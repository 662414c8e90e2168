resource "aws_lambda_function" "shop" {
  function_name = "shop"
  role          = "arn:aws:iam::123456789012:role/shop"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "shop.zip"
  tenancy_config {
    tenant_isolation_mode = "PER_TENANT"
  }
}

resource "aws_api_gateway_integration" "shop" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.shop.invoke_arn
  request_parameters      = { "integration.request.header.X-Amz-Tenant-Id" = "context.authorizer.tenant" }
}

resource "aws_lambda_function" "jobs" {
  function_name = "jobs"
  role          = "arn:aws:iam::123456789012:role/jobs"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "jobs.zip"
}

resource "aws_lambda_event_source_mapping" "jobs" {
  function_name    = aws_lambda_function.jobs.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:jobs"
}
