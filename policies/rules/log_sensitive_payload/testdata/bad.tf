resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      POWERTOOLS_LOGGER_LOG_EVENT = "true" # want "aws_lambda_function.orders logs whole events or requests: POWERTOOLS_LOGGER_LOG_EVENT is true"
      NODE_DEBUG                  = "fs,https" # want "aws_lambda_function.orders logs the traffic of its connections: NODE_DEBUG contains https"
    }
  }
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "java21"
  handler       = "app.handler"
  filename      = "returns.zip"

  environment {
    variables = {
      LOG_REQUEST_BODY  = true # want "LOG_REQUEST_BODY is true"
      JAVA_TOOL_OPTIONS = "-Xshare:auto -Dorg.apache.commons.logging.simplelog.log.org.apache.http.wire=DEBUG" # want "JAVA_TOOL_OPTIONS contains org.apache.http.wire=DEBUG"
    }
  }
}
