resource "aws_lambda_function_url" "star" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["*"] # want "allows CORS requests with credentials from the wildcard origin [*]"
  }
}

resource "aws_lambda_function_url" "plain" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["http://shop.example.com"] # want "credentials from the unencrypted origin http://shop.example.com"
  }
}
