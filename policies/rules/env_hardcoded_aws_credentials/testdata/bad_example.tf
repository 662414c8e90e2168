# The keys of the AWS documentation open nothing, but show how the key is configured.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      DOCS_ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE" # want "example key of the AWS documentation in environment variable DOCS_ACCESS_KEY"
      DOCS_SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # want "example key of the AWS documentation"
    }
  }
}
