resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  environment {
    variables = {
      AWS_ACCESS_KEY_ID = "from-ci" # want "sets AWS_ACCESS_KEY_ID, which holds the credentials of its role"
      AWS_REGION        = "eu-west-1" # want "sets AWS_REGION, which Lambda sets itself"
    }
  }
}
