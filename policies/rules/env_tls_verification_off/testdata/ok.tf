resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  environment {
    variables = {
      NODE_TLS_REJECT_UNAUTHORIZED = "1"
      REQUESTS_CA_BUNDLE = "/opt/ca.pem"
      FLASK_DEBUG = "0"
      GOINSECURE = "example.com"
    }
  }
}
