# Base64 hides nothing.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      CONFIG = "eyJwYXNzd29yZCI6ICJZYzdRbVQyeExwIn0=" # want "its value sets password to a plaintext value"
    }
  }
}
