resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "nodejs22.x"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/opt/otel-instrument"
      LD_LIBRARY_PATH         = "/opt/lib"
    }
  }
}

# A script of the package is code of the function.
resource "aws_lambda_function" "prices" {
  function_name = "prices"
  role          = "arn:aws:iam::111122223333:role/prices"
  runtime       = "nodejs22.x"
  handler       = "app.handler"
  filename      = "prices.zip"

  environment {
    variables = {
      AWS_LAMBDA_EXEC_WRAPPER = "/var/task/start.sh"
    }
  }
}
