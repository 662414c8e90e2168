resource "aws_lambda_function" "native" {
  runtime = "python3.13"

  tracing_config {
    mode = "Active"
  }
}
