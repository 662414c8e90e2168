resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/opt/otel-handler"
      NODE_OPTIONS = "--enable-source-maps --require /opt/nodejs/hook.js"
      PYTHONPATH = "/var/task/tmp"
      CACHE = "/tmp/cache"
    }
  }
}
