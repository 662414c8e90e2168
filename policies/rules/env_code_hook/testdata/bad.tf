resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/opt/start.sh"           # want "runs a wrapper script of a layer before the runtime: AWS_LAMBDA_EXEC_WRAPPER is /opt/start.sh"
      LD_PRELOAD              = "/opt/lib/libjemalloc.so" # want "loads a library into each process"
    }
  }
}
