# Collections that are a choice themselves, and elements that are one.
variable "stage" {
  type = string
}

variable "large" {
  type = bool
}

locals {
  by_size = var.large ? {
    dev = "wJq8Zt4kPv2LmXr9"
    } : {
    dev  = "Vb9QwTn5XdHy7Rk2"
    prod = "Hy7Rk2Vb9QwTn5Xd"
  }

  by_kind = lookup({ small = { password = "Pv2LmXr9wJq8Zt4k" }, large = { password = "Tn5XdHy7Rk2Vb9Qw" } }, var.stage, { password = "x" })

  elements = {
    dev  = (var.large ? { v = "Xr9wJq8Zt4kPv2Lm" } : { v = "Rk2Vb9QwTn5XdHy7" }).v # want "secret in environment variable ADMIN_PASSWORD"
    prod = var.stage
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
      CLIENT_SECRET  = lookup(local.by_size, var.stage) # want "secret in environment variable CLIENT_SECRET"
      DB_PASSWORD    = local.by_kind["password"] # want "secret in environment variable DB_PASSWORD"
      ADMIN_PASSWORD = local.elements[var.stage]
    }
  }
}
