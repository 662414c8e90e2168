variable "stage" {
  type = string
}

locals {
  secrets = {
    dev  = "wJq8Zt4kPv2LmXr9" # want "secret in environment variable CLIENT_SECRET"
    prod = "Hy7Rk2Vb9QwTn5Xd"
  }

  settings = {
    dev  = { password = "Vb9QwTn5XdHy7Rk2" } # want "secret in environment variable DB_PASSWORD"
    prod = { password = "Pv2LmXr9wJq8Zt4k" }
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
      CLIENT_SECRET = lookup(local.secrets, var.stage)
      DB_PASSWORD   = local.settings[var.stage].password
    }
  }
}
