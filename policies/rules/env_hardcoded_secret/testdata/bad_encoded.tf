# Base64 hides nothing.
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      PEM = "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlFb3dJQkFBS0NBUUVBeDNKOWtRdlQybTdMWmJOZll3OHNSY1BxR2g0dVZ0S2pYb0VhRGlNekJuSGxTZ1d5ClFrOHZUMW1ackx4Q3c1Yk5wSjd5SHMzZkRnVW9FYUtpWHRWY1JxTXpCbll3U2xQaEdqRHUybzRJNmU5QTBSNVQKLS0tLS1FTkQgUlNBIFBSSVZBVEUgS0VZLS0tLS0K" # want "its value has the form private-key"
      PEM_ENCODED = base64encode("-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAx3J9kQvT2m7LZbNfYw8sRcPqGh4uVtKjXoEaDiMzBnHlSgWy\nQk8vT1mZrLxCw5bNpJ7yHs3fDgUoEaKiXtVcRqMzBnYwSlPhGjDu2o4I6e9A0R5T\n-----END RSA PRIVATE KEY-----\n") # want "its value has the form private-key"
      TOKEN_ENCODED = "Z2hwX2syVDl4THcwUXpSN3ZCbjNNZFljNUhzR2Y4SnBVYTFFaTZYbw==" # want "its value has the form github-pat"
      HEADER = "Basic b3JkZXJzOlljN1FtVDJ4THA=" # want "its value has the form basic-auth"
    }
  }
}
