variable "host" {
  type = string
}

variable "key_id" {
  default = "AKIAQ3EGRIXW7LDTK2VN" # want "access key ID in environment variable PARTNER_KEY"
}

resource "aws_lambda_function" "export" {
  function_name = "export"
  role          = "arn:aws:iam::123456789012:role/export"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "export.zip"

  environment {
    variables = {
      PARTNER_URL = "s3://AKIAQ3EGRIXW7LDTK2VN:x@${var.host}/in" # want "access key ID in environment variable PARTNER_URL"
      PARTNER_KEY = var.key_id
    }
  }
}
