resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  environment {
    variables = {
      NODE_TLS_REJECT_UNAUTHORIZED = "0" # want "rders disables the verification of TLS certificates: NODE_TLS_REJECT_UNAUTHORIZED is 0"
      PYTHONHTTPSVERIFY = "0" # want "PYTHONHTTPSVERIFY is 0"
      GIT_SSL_NO_VERIFY = "true" # want "GIT_SSL_NO_VERIFY is true"
      SSL_CERT_FILE = "/dev/null" # want "SSL_CERT_FILE is /dev/null"
      FLASK_DEBUG = "1" # want "rders runs in debug mode: FLASK_DEBUG is 1"
    }
  }
}
