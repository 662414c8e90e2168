resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      POWERTOOLS_LOGGER_LOG_EVENT = "false"
      LOG_EVENT                   = "OrderPlaced"
      NODE_DEBUG                  = "fs"
      JAVA_TOOL_OPTIONS           = "-XX:+TieredCompilation -XX:TieredStopAtLevel=1"
    }
  }
}
