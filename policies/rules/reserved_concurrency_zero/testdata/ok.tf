resource "aws_lambda_function" "orders" {
  function_name                  = "orders"
  role                           = "arn:aws:iam::123456789012:role/orders"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  filename                       = "orders.zip"
  reserved_concurrent_executions = 5
}

resource "aws_lambda_function" "unreserved" {
  function_name                  = "unreserved"
  role                           = "arn:aws:iam::123456789012:role/unreserved"
  runtime                        = "python3.13"
  handler                        = "app.handler"
  filename                       = "unreserved.zip"
  reserved_concurrent_executions = -1
}

resource "aws_lambda_function" "default" {
  function_name = "default"
  role          = "arn:aws:iam::123456789012:role/default"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "default.zip"
}
