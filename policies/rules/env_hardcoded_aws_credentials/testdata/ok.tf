resource "aws_lambda_function" "export" {
  function_name = "export"
  role          = "arn:aws:iam::123456789012:role/export"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "export.zip"

  environment {
    variables = {
      PARTNER_ROLE_ARN = "arn:aws:iam::210987654321:role/orders-export"
      PARTNER_BUCKET   = "partner-in"
    }
  }
}
