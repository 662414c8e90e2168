variable "db_password" {
  type      = string
  default   = "Winter-in-Bergen-04" # want "whose default value is a plaintext secret"
  sensitive = true
}

variable "api_token" {
  type = string
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DB_PASSWORD = var.db_password
      API_TOKEN   = var.api_token # want "which is not marked as sensitive"
    }
  }
}
