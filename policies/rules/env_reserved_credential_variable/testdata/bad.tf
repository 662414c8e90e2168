resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      AWS_ACCESS_KEY_ID = "from-ci" # want "sets the reserved environment variable AWS_ACCESS_KEY_ID, .* credentials of the execution role"
      AWS_REGION        = "eu-west-1" # want "sets the reserved environment variable AWS_REGION: "
    }
  }
}
