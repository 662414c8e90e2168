resource "aws_lambda_function_url" "own" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["https://shop.example.com", "http://localhost:3000"]
  }
}

resource "aws_lambda_function_url" "no_credentials" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = false
    allow_origins     = ["*"]
  }
}

resource "aws_lambda_function_url" "not_said" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_origins = ["*"]
  }
}
