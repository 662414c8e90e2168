resource "aws_api_gateway_integration" "orders" {
  rest_api_id             = "a1b2c3d4e5"
  resource_id             = "abc123"
  http_method             = "GET"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  credentials             = "arn:aws:iam::111122223333:role/api"
  uri                     = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:orders/invocations"
}
