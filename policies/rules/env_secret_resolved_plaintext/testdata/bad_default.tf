# The default is not the fault: the function must not receive the value.
variable "api_token" {
  type      = string
  sensitive = true
  default   = ""
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      API_TOKEN = var.api_token # want "taken from the sensitive parameter api_token"
    }
  }
}
