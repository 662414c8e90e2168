resource "aws_lambda_function_url" "star" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["*"] # want "sends the credentials of visitors"
  }
}

resource "aws_lambda_function_url" "plain" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["http://shop.example.com"] # want "pages of http://shop.example.com"
  }
}
