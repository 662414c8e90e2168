resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_PASSWORD = random_password.db.result # want "random_password.result"
      URL         = "postgres://orders:${random_password.db.result}@db/orders" # want "random_password.result"
    }
  }
}

resource "random_password" "db" {
  length = 24
}
