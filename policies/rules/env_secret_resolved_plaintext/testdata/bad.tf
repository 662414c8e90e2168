variable "api_token" {
  type      = string
  sensitive = true
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_PASSWORD = data.aws_secretsmanager_secret_version.db.secret_string # want "plaintext secret in environment variable DB_PASSWORD"
      API_TOKEN   = var.api_token # want "the sensitive parameter (api_token|ApiToken)"
      KEY         = aws_iam_access_key.ci.secret # want "plaintext secret in environment variable KEY"
    }
  }
}

data "aws_secretsmanager_secret_version" "db" {
  secret_id = "orders/db"
}

resource "aws_iam_access_key" "ci" {
  user = "ci"
}
