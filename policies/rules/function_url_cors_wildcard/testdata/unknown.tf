variable "origin" {
  type = string
}

resource "aws_lambda_function_url" "origins" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_origins = [var.origin]
  }
}
