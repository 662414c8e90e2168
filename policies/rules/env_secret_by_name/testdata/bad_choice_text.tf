variable "stage" {
  type = string
}

locals {
  settings = {
    dev  = { password = "Vb9QwTn5XdHy7Rk2" } # want "secret in environment variable DB_PASSWORD"
    prod = { password = "Pv2LmXr9wJq8Zt4k" }
  }

  secrets = {
    dev  = "wJq8Zt4kPv2LmXr9" # want "secret in environment variable CLIENT_SECRET"
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
      DB_PASSWORD   = "a-${local.settings[var.stage].password}"
      CLIENT_SECRET = join("-", ["a", lookup(local.secrets, var.stage)])
      API_SECRET    = "a-${var.stage == "prod" ? "Kq8Zt4kPv2LmXr9w" : "Dy7Rk2Vb9QwTn5XH"}" # want "secret in environment variable API_SECRET"
    }
  }
}
