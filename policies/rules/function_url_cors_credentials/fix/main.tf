resource "aws_lambda_function_url" "star" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["*"]
  }
}

resource "aws_lambda_function_url" "plain" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_credentials = true
    allow_origins     = ["http://shop.example.com"]
  }
}
