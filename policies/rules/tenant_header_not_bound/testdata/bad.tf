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

resource "aws_api_gateway_method" "shop" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = "POST"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "shop" {
  rest_api_id             = aws_api_gateway_rest_api.shop.id
  resource_id             = aws_api_gateway_rest_api.shop.root_resource_id
  http_method             = aws_api_gateway_method.shop.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.shop.invoke_arn
  request_parameters = {
    "integration.request.header.X-Amz-Tenant-Id" = "method.request.querystring.tenant" # want "aws_api_gateway_integration.shop takes the tenant ID for aws_lambda_function.shop from method.request.querystring.tenant, which the caller chooses"
  }
}
