data "aws_secretsmanager_secret_version" "orders" {
  secret_id = "orders"
}

resource "aws_api_gateway_api_key" "shop" {
  name = "shop"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  handler       = "app.main"
  runtime       = "python3.13"
  filename      = "orders.zip"

  environment {
    variables = {
      SETTINGS    = data.aws_secretsmanager_secret_version.orders.secret_string # want "resolved from data.aws_secretsmanager_secret_version.secret_string"
      SHOP        = aws_api_gateway_api_key.shop.value # want "resolved from aws_api_gateway_api_key.value"
      DB_PASSWORD = jsondecode(data.aws_secretsmanager_secret_version.orders.secret_string)["password"] # want "resolved from jsondecode"
      DB_HOST     = jsondecode(data.aws_secretsmanager_secret_version.orders.secret_string)["host"]
    }
  }
}
