# The timeout of the integration is raised.
resource "aws_lambda_function" "long" {
  function_name = "long"
  role          = "arn:aws:iam::123456789012:role/long"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "long.zip"
  timeout       = 60
}

resource "aws_api_gateway_integration" "long" {
  rest_api_id             = aws_api_gateway_rest_api.rest.id
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.long.invoke_arn
  timeout_milliseconds    = 90000
}

# It streams its response.
resource "aws_lambda_function" "chat" {
  function_name = "chat"
  role          = "arn:aws:iam::123456789012:role/chat"
  runtime       = "nodejs24.x"
  handler       = "app.handler"
  filename      = "chat.zip"
  timeout       = 300
}

resource "aws_api_gateway_integration" "chat" {
  rest_api_id             = aws_api_gateway_rest_api.rest.id
  resource_id             = "def456"
  http_method             = "POST"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.chat.response_streaming_invoke_arn
  response_transfer_mode  = "STREAM"
}

# The API does not wait.
resource "aws_lambda_function" "job" {
  function_name = "job"
  role          = "arn:aws:iam::123456789012:role/job"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "job.zip"
  timeout       = 600
}

resource "aws_api_gateway_integration" "job" {
  rest_api_id             = aws_api_gateway_rest_api.rest.id
  resource_id             = "ghi789"
  http_method             = "POST"
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.job.invoke_arn
  request_parameters      = { "integration.request.header.X-Amz-Invocation-Type" = "'Event'" }
}

resource "aws_api_gateway_rest_api" "rest" {
  name = "rest"
}
