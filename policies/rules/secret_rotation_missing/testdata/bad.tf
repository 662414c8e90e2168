resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      SECRET = aws_secretsmanager_secret.db.arn
    }
  }
}

resource "aws_secretsmanager_secret" "db" { # want "has no rotation schedule"
  name = "orders/db"
}
