data "archive_file" "orders" {
  type        = "zip"
  output_path = "orders.zip"

  source {
    filename = "app.py"
    # want+1 "has a secret in the code of app.py: .* PASSWORD"
    content  = <<-EOT
      import os
      PASSWORD = "Winter-in-Bergen-04"
      def handler(event, context):
          return event
    EOT
  }
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = data.archive_file.orders.output_path
}
