variable "stage" {
  type = string
}

variable "secret" {
  type      = string
  sensitive = true
}

locals {
  names = {
    dev  = "dev/orders/client"
    prod = "prod/orders/client"
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
      CLIENT_SECRET_NAME = "live/${local.names[var.stage]}"
      CLIENT_SECRET_PATH = join("/", ["live", local.names[var.stage]])
      API_SECRET         = "a-${var.stage == "prod" ? var.secret : "changeme"}"
    }
  }
}
