resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_PASSWORD_ARN = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:orders-AbCdEf"
      API_KEY         = "/orders/api-key"
      TOKEN_TTL       = "3600"
      DB_PASSWORD     = "changeme"
      JWT_SECRET      = "orders-jwt-secret"
      AUTH_TOKEN      = "true"
      TABLE_KEY       = "customer"
      SECRET_ID       = "12f1c8a2-5d0b-4b8e-9f0a-3c2d1e0f9a8b"
      PARTITION_KEY   = "k7Qd0vXm2KzR9tLw"
    }
  }
}
