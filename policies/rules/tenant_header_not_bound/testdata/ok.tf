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

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_method" "bound" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = "POST"
  authorization = "COGNITO_USER_POOLS"
  authorizer_id = "a1b2c3"
}

resource "aws_api_gateway_integration" "bound" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_rest_api.shop.root_resource_id
  http_method             = aws_api_gateway_method.bound.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.shop.invoke_arn
  request_parameters      = { "integration.request.header.X-Amz-Tenant-Id" = "context.authorizer.claims.tenant" }
}

# The Lambda authorizer can check the header.
resource "aws_api_gateway_method" "checked" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = "GET"
  authorization = "CUSTOM"
  authorizer_id = "d4e5f6"
}

resource "aws_api_gateway_integration" "checked" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_rest_api.shop.root_resource_id
  http_method             = aws_api_gateway_method.checked.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.shop.invoke_arn
  request_parameters      = { "integration.request.header.X-Amz-Tenant-Id" = "method.request.header.tenant" }
}
