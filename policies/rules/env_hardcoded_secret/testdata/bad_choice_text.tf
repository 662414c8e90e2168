variable "stage" {
  type = string
}

variable "host" {
  type = string
}

locals {
  passwords = {
    dev  = "wJq8Zt4kPv2LmXr9" # want "environment variable DATABASE: its value has the form url-password"
    prod = "Hy7Rk2Vb9QwTn5Xd"
  }
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DATABASE = "postgres://app:${local.passwords[var.stage]}@${var.host}/orders"
    }
  }
}
