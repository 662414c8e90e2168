variable "db_password" {
  type      = string
  sensitive = true
}

variable "table_name" {
  type    = string
  default = "orders"
}

variable "secret_name" {
  type    = string
  default = "orders/db"
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
      TABLE       = var.table_name
      SECRET      = var.secret_name
    }
  }
}
