# Forty characters alone are no secret.
resource "aws_lambda_function" "export" {
  function_name = "export"
  role          = "arn:aws:iam::123456789012:role/export"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "export.zip"

  environment {
    variables = {
      EXPORT_BUCKET    = "orders-prod-eu-west-1-invoices-export-v2"
      AWS_BUCKET       = "OrdersProdEuWest1InvoicesExportV2Archive"
      CA_BUNDLE        = "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"
      COMMIT           = "git.commit.sha:3f786850e387550fdab836ed7e6dc881de23001b"
      SECRET_SALT_SHA1 = "3f786850e387550fdab836ed7e6dc881de23001b"
      SECRET_NAME      = "prod/Orders/Database2/MasterCredentials1"
      SECRET_ARN       = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:orders-AbCdEf"
      SECRET_HANDLER   = "ordersProdInvoicesExportHandlerFunction1"
      QUEUE_URL        = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders"
      PARSER_KEY       = "__file__"
      OWNER_ROLE_ID    = "AROAQ3EGRIXW7LDTK2VN"
      MARKET           = "ASIAPACIFICNORTHEAST"
      CHECKSUM_MD5     = "9e107d9d372bb6826bd81d3542a419d6"
    }
  }
}
