resource "aws_appsync_graphql_api" "shop" {
  name                = "shop"
  authentication_type = "API_KEY"
}

resource "aws_appsync_datasource" "orders" {
  api_id           = aws_appsync_graphql_api.shop.id
  name             = "orders"
  type             = "AMAZON_DYNAMODB"
  service_role_arn = "arn:aws:iam::111122223333:role/graph"

  dynamodb_config {
    table_name = "orders"
  }
}
