resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_authorizer" "people" {
  name            = "people"
  rest_api_id     = aws_api_gateway_rest_api.shop.id
  type            = "REQUEST"
  authorizer_uri  = aws_lambda_function.people.invoke_arn
  identity_source = "method.request.header.Tenant, method.request.querystring.api_key" # want "takes the credential api_key from the query string"
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_authorizer" "web" {
  name                              = "web"
  api_id                            = aws_apigatewayv2_api.web.id
  authorizer_type                   = "REQUEST"
  authorizer_uri                    = aws_lambda_function.people.invoke_arn
  authorizer_payload_format_version = "2.0"
  identity_sources = [
    "$request.header.Tenant",
    "$request.querystring.accessToken", # want "takes the credential accessToken from the query string"
  ]
}

resource "aws_lambda_function" "people" {
  function_name = "people"
  role          = "arn:aws:iam::111122223333:role/people"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "people.zip"
}
