resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "API_KEY" # want "resolves fields with a function and requires only an API key"
}

resource "aws_appsync_datasource" "orders" {
  api_id           = aws_appsync_graphql_api.shop.id
  name             = "orders"
  type             = "AWS_LAMBDA"
  service_role_arn = "arn:aws:iam::111122223333:role/graph"

  lambda_config {
    function_arn = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
  }
}
