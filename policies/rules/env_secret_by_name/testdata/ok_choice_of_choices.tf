# Each of what the choices select from is a reference to a secret.
variable "stage" {
  type = string
}

variable "large" {
  type = bool
}

locals {
  by_size = var.large ? {
    dev = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:dev-Ab12Cd"
    } : {
    dev  = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:dev-Ef34Gh"
    prod = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod-Ij56Kl"
  }

  elements = {
    dev  = (var.large ? { v = "", n = "wJq8Zt4kPv2LmXr9" } : { v = var.stage, n = "Hy7Rk2Vb9QwTn5Xd" }).v
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
      CLIENT_SECRET  = lookup(local.by_size, var.stage)
      ADMIN_PASSWORD = local.elements[var.stage]
    }
  }
}
