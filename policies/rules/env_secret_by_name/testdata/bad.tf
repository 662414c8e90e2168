resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_PASSWORD    = "Winter-in-Bergen-04" # want "has a secret in environment variable DB_PASSWORD"
      STRIPE_API_KEY = "k7Qd0vXm2KzR9tLw" # want "has a secret in environment variable STRIPE_API_KEY"
      CONFIG         = jsonencode({ user = "app", password = "hunter2pass" }) # want "its value sets password"
    }
  }
}
