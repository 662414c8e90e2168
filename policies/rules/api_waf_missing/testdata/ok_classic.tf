resource "aws_api_gateway_rest_api" "shop" {
  name = "shop"
}

resource "aws_api_gateway_stage" "prod" {
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  deployment_id = "d1"
  stage_name    = "prod"
}

resource "aws_wafregional_web_acl_association" "shop" {
  resource_arn = aws_api_gateway_stage.prod.arn
  web_acl_id   = "acl1"
}
