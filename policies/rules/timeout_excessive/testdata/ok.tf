resource "aws_lambda_function" "default" {
  function_name = "default"
  role          = "arn:aws:iam::123456789012:role/default"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "default.zip"
}

# The maximum was 900 seconds until 2026.
resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "arn:aws:iam::123456789012:role/report"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "report.zip"
  timeout       = 900
}

# Functions on managed instances may run for 5400 seconds.
resource "aws_lambda_function" "managed" {
  function_name = "managed"
  role          = "arn:aws:iam::123456789012:role/managed"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "managed.zip"
  timeout       = 3600
  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = "arn:aws:lambda:eu-west-1:123456789012:capacity-provider:pool"
    }
  }
}

# A queue invokes it, too.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  timeout       = 60
}

resource "aws_api_gateway_integration" "orders" {
  rest_api_id             = aws_api_gateway_rest_api.rest.id
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.orders.invoke_arn
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.orders.arn
  event_source_arn = "arn:aws:sqs:eu-west-1:123456789012:orders"
}

resource "aws_api_gateway_rest_api" "rest" {
  name = "rest"
}
