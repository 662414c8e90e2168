resource "aws_lambda_function_url" "own" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_origins = ["https://shop.example.com"]
  }
}

resource "aws_lambda_function_url" "none" {
  function_name      = "orders"
  authorization_type = "NONE"
}

resource "aws_lambda_function_url" "subdomains" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_origins = ["https://*.example.com"]
  }
}

resource "aws_lambda_function_url" "credentials" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["*"]
  }
}
