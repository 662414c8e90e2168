variable "stage" {
  type = string
}

locals {
  secret_names = {
    dev  = "dev/orders/client"
    prod = "prod/orders/client"
  }

  hosts = {
    dev  = "wJq8Zt4kPv2LmXr9"
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
      CLIENT_SECRET_NAME = local.secret_names[var.stage]
      HOST               = local.hosts[var.stage]
    }
  }
}
