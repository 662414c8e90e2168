resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      AWS_XRAY_CONTEXT_MISSING            = "LOG_ERROR"
      AWS_NODEJS_CONNECTION_REUSE_ENABLED = "1"
      AWS_LAMBDA_EXEC_WRAPPER             = "/opt/otel"
      REGION                              = "eu-west-1"
      PARTNER_AWS_REGION                  = "eu-west-1"
    }
  }
}
