resource "aws_lambda_function" "export" {
  function_name = "export"
  role          = "arn:aws:iam::123456789012:role/export"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "export.zip"

  environment {
    variables = {
      PARTNER_ACCESS_KEY_ID     = "AKIAQ3EGRIXW7LDTK2VN"                     # want "aws_lambda_function.export has an AWS access key ID in environment variable PARTNER_ACCESS_KEY_ID"
      PARTNER_SECRET_ACCESS_KEY = "b7Qd0vXm2KzR+9tLw4YsJ1eUfGh6PnA/8cTiEoWk" # want "AWS secret access key in environment variable PARTNER_SECRET_ACCESS_KEY"
      PARTNER_BUCKET            = "partner-in"
    }
  }
}

resource "aws_lambda_function" "sync" {
  function_name = "sync"
  role          = "arn:aws:iam::123456789012:role/sync"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "sync.zip"

  environment {
    variables = {
      S3_ACCOUNT = "AKIAQ3EGRIXW7LDTK2VN"                     # want "access key ID in environment variable S3_ACCOUNT"
      S3_PASS    = "b7Qd0vXm2KzR+9tLw4YsJ1eUfGh6PnA/8cTiEoWk" # want "secret access key in environment variable S3_PASS"
    }
  }
}

resource "aws_lambda_function" "report" {
  function_name = "report"
  role          = "arn:aws:iam::123456789012:role/report"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "report.zip"

  environment {
    variables = {
      REPORT_SECRET = "b7Qd0vXm2KzR+9tLw4YsJ1eUfGh6PnA/8cTiEoWk" # want "secret access key in environment variable REPORT_SECRET"
    }
  }
}
