variable "origin" {
  type = string
}

variable "credentials" {
  type = string
}

resource "aws_lambda_function_url" "origins" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = [var.origin]
  }
}

resource "aws_lambda_function_url" "credentials" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = var.credentials
    allow_origins     = ["*"]
  }
}
