resource "aws_lambda_function_url" "star" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_origins = ["*"] # want "allows CORS requests from every website: AllowOrigins contains the wildcard .*[*]"
  }
}

resource "aws_lambda_function_url" "scheme" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["https://*"] # want "allows CORS requests from every website: AllowOrigins contains the wildcard .*[*]"
    allow_methods = ["GET"]
  }
}
