data "archive_file" "orders" {
  type        = "zip"
  output_path = "orders.zip"

  source {
    filename = "app.py"
    # want+1 "has a secret in the code of app.py: .* github-pat"
    content  = <<-EOT
      import os
      client = Client("ghp_k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo")
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
