resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  kms_key_arn   = "arn:aws:kms:eu-west-1:123456789012:alias/aws/lambda" # want "AWS managed key alias/aws/lambda"

  environment {
    variables = {
      STAGE = "prod"
    }
  }
}
