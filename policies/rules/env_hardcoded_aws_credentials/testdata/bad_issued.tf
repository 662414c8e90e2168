# AWS can issue these identifiers, although they contain words or no digit.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      FIRST = "AKIAQTODOTBDXXXXB4KZ" # want "access key ID in environment variable FIRST"
      SECOND = "ASIARJWQLXNTBKZDPMVC" # want "access key ID in environment variable SECOND"
      ENCODED = "YXdzX2FjY2Vzc19rZXlfaWQ9QUtJQVEzRUdSSVhXN0xEVEsyVk4=" # want "access key ID in environment variable ENCODED"
    }
  }
}
