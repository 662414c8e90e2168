resource "aws_lambda_function_url" "star" {
  function_name      = "orders"
  authorization_type = "NONE"

  cors {
    allow_origins = ["*"] # want "lets pages of every website"
  }
}

resource "aws_lambda_function_url" "scheme" {
  function_name      = "orders"
  authorization_type = "AWS_IAM"

  cors {
    allow_origins = ["https://*"] # want "lets pages of every website"
    allow_methods = ["GET"]
  }
}
