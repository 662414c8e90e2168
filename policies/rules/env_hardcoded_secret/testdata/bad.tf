resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DATABASE = "postgres://orders:Yc7QmT2xLp@db.internal:5432/orders" # want "Orders|orders has a secret in environment variable DATABASE: its value has the form url-password"
      DEPLOY   = "ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo" # want "in environment variable DEPLOY: its value has the form github-pat"
    }
  }
}
