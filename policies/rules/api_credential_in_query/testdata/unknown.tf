variable "parameter" {
  type = string
}

variable "sources" {
  type = list(string)
}

resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_authorizer" "people" {
  name            = "people"
  rest_api_id     = aws_api_gateway_rest_api.shop.id
  type            = "REQUEST"
  authorizer_uri  = aws_lambda_function.people.invoke_arn
  identity_source = "method.request.querystring.${var.parameter}"
}

resource "aws_apigatewayv2_authorizer" "web" {
  name             = "web"
  api_id           = "a1b2c3d4e5"
  authorizer_type  = "REQUEST"
  authorizer_uri   = aws_lambda_function.people.invoke_arn
  identity_sources = var.sources
}

resource "aws_lambda_function" "people" {
  function_name = "people"
  role          = "arn:aws:iam::111122223333:role/people"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "people.zip"
}
