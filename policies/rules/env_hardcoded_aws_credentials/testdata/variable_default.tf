variable "secret_access_key" {
  type      = string
  sensitive = true
  default   = "q7Rk2Vt9XbL4mZ8sYc3Dw6Hf1Jg5PnAe0UiKoT+B" # want "secret access key in environment variable SECRET_ACCESS_KEY"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      SECRET_ACCESS_KEY = var.secret_access_key
    }
  }
}
